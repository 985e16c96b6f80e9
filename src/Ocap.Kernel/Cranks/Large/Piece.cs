using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>A part of what a crank asks for, to be committed at once.</summary>
/// <param name="Syscalls">Its syscalls, in order.</param>
/// <param name="Vatstore">Changes to the vat's store.</param>
internal sealed record Piece(IReadOnlyList<VatSyscall> Syscalls, IReadOnlyList<KeyValuePair<string, string?>> Vatstore);
