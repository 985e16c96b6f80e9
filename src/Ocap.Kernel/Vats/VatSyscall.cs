using Ocap.Marshal;

namespace Ocap.Kernel.Vats;

/// <summary>What a vat asks for during a crank (spec/vat-runtime.md §3). References are vrefs. Vat store reads and writes are not among them.</summary>
public abstract record VatSyscall;

/// <summary>Send a message; <paramref name="Result"/> is a promise the vat has just allocated, or null when it wants no answer.</summary>
public sealed record SyscallSend(string Target, CapData Methargs, string? Result) : VatSyscall;

/// <summary>Ask to be notified when a promise settles.</summary>
public sealed record SyscallSubscribe(string Promise) : VatSyscall;

/// <summary>Settle promises this vat decides.</summary>
public sealed record SyscallResolve(IReadOnlyList<PromiseSettlement> Settlements) : VatSyscall;

/// <summary>End this vat after the crank; a failure also undoes the crank.</summary>
public sealed record SyscallExit(bool IsFailure, CapData Info) : VatSyscall;

/// <summary>One of the four collection syscalls over references.</summary>
public sealed record SyscallGc(GcSyscallKind Kind, IReadOnlyList<string> VRefs) : VatSyscall;

/// <summary>Which collection syscall.</summary>
public enum GcSyscallKind : byte
{
    /// <summary>The vat can no longer reach these imports.</summary>
    DropImports,

    /// <summary>The vat can no longer recognize these imports.</summary>
    RetireImports,

    /// <summary>The vat gives up these exports, which nobody could reach.</summary>
    RetireExports,

    /// <summary>The vat gives up these exports whoever holds them.</summary>
    AbandonExports,
}
