using Jint;
using Ocap.Vats.Global;

namespace Ocap.Vats.Limits;

/// <summary>Budget checks in native methods that do much without running a statement, which is where the engine checks by itself.</summary>
internal static class NativeGuards
{
    // An iterator helper calls the one it was made from: a long chain of them is deep recursion.
    private static readonly (string Owner, string Method, int Length)[] Recursive =
    [
        ("%IteratorHelperPrototype%", "next", 0), ("%IteratorHelperPrototype%", "return", 0),
        ("%WrapForValidIteratorPrototype%", "next", 0), ("%WrapForValidIteratorPrototype%", "return", 0),
    ];

    // One call can double what there is, and the engine asks only every 64 statements: time enough for 2^64.
    private static readonly (string Owner, string Method, int Length)[] Growing =
    [
        ("JSON", "stringify", 3), ("Array.prototype", "join", 1), ("String.prototype", "concat", 1), ("String.prototype", "padEnd", 1),
        ("String.prototype", "padStart", 1), ("String.prototype", "repeat", 1), ("String.prototype", "normalize", 0), ("String.prototype", "replaceAll", 2),
    ];

    internal static void Install(IntrinsicTable intrinsics, CrankBudget budget)
    {
        foreach (var guarded in Recursive) Guard(intrinsics, guarded, budget.CheckStack);
        foreach (var guarded in Growing) Guard(intrinsics, guarded, budget.Check);
    }

    private static void Guard(IntrinsicTable intrinsics, (string Owner, string Method, int Length) guarded, Action check)
    {
        var original = intrinsics[guarded.Owner].OwnValue(guarded.Method)!;
        intrinsics[guarded.Owner].Method(guarded.Method, guarded.Length, (self, arguments) =>
        {
            check();
            return original.Call(self, arguments);
        });
    }
}
