using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Fixture;

/// <summary>Syscalls and values in few words.</summary>
internal static class Ask
{
    internal static readonly CapData Seven = new("#7", []);

    internal static CapData Data(string body, params string[] slots) => new(body, slots);

    /// <summary>A value that is one object or promise.</summary>
    internal static CapData Ref(string slot) => new(slot.Contains('p', StringComparison.Ordinal) ? "#\"&0\"" : "#\"$0.Alleged: thing\"", [slot]);

    /// <summary>Smallcaps of <c>[method, [slots]]</c>.</summary>
    internal static CapData Call(string method, params string[] slots) =>
        new($"#[\"{method}\",[{string.Join(',', slots.Select((slot, i) => $"\"{(slot.Contains('p', StringComparison.Ordinal) ? '&' : '$')}{i}\""))}]]", slots);

    internal static SyscallSend Send(string target, string method, string? result = null, params string[] slots) => new(target, Call(method, slots), result);

    internal static SyscallSubscribe Subscribe(string promise) => new(promise);

    internal static SyscallResolve Fulfill(string promise, CapData value) => new([new PromiseSettlement(promise, false, value)]);

    internal static SyscallResolve Reject(string promise, CapData value) => new([new PromiseSettlement(promise, true, value)]);

    internal static SyscallExit Exit(string body = "#\"bye\"") => new(false, new CapData(body, []));

    internal static SyscallExit Fail(string body = "#\"oops\"") => new(true, new CapData(body, []));

    internal static SyscallGc Gc(GcSyscallKind kind, params string[] vrefs) => new(kind, vrefs);
}
