using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ocap.EngineField;

/// <summary>
/// How deeply what <c>JSON.stringify</c> is given may be nested: 7 000 levels, about what other engines take, and then a RangeError. The engine looks through all
/// levels at each, to find cycles, and went on until its stack ended: seconds that nothing could interrupt.
/// </summary>
internal static class TraverseDepth
{
    private const int Most = 7_000;

    internal static void Bound(ModuleDefinition module)
    {
        TypeDefinition stack = Weaver.Type(module, "Jint.Collections.ObjectTraverseStack");
        MethodDefinition tryEnter = Weaver.Method(stack, "TryEnter");
        MethodReference contains = Called(tryEnter, "Contains");
        MethodReference realm = Called(Weaver.Method(stack, "Enter"), "get_Realm");
        MethodDefinition rangeError = Weaver.Type(module, "Jint.Runtime.Throw").Methods.SingleOrDefault(static method => method.Name == "RangeError" && method.Parameters.Count == 2)
            ?? throw new UnknownEngineException("No RangeError is thrown.");

        ILProcessor body = tryEnter.Body.GetILProcessor();
        Instruction first = tryEnter.Body.Instructions[0];
        foreach (Instruction added in (Instruction[])
        [
            body.Create(OpCodes.Ldarg_0),
            body.Create(OpCodes.Ldfld, Weaver.Field(stack, "_stack")),
            body.Create(OpCodes.Callvirt, new MethodReference("get_Count", module.TypeSystem.Int32, contains.DeclaringType) { HasThis = true }),
            body.Create(OpCodes.Ldc_I4, Most),
            body.Create(OpCodes.Blt, first),
            body.Create(OpCodes.Ldarg_0),
            body.Create(OpCodes.Ldfld, Weaver.Field(stack, "_engine")),
            body.Create(OpCodes.Callvirt, realm),
            body.Create(OpCodes.Ldstr, "Maximum call stack size exceeded"),
            body.Create(OpCodes.Call, rangeError),
        ])
        {
            body.InsertBefore(first, added);
        }
    }

    private static MethodReference Called(MethodDefinition method, string name) =>
        method.Body.Instructions.Select(static call => call.Operand).OfType<MethodReference>().FirstOrDefault(called => called.Name == name)
        ?? throw new UnknownEngineException($"{method.FullName} does not call {name}.");
}
