using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>
/// A part of a resolve syscall that is too much for one commit: these promises settle, but the vat's names for them stay, for the values of other parts may mention
/// them. No vat can ask for it.
/// </summary>
/// <param name="Settlements">What settles.</param>
internal sealed record SettleSome(IReadOnlyList<PromiseSettlement> Settlements) : VatSyscall;

/// <summary>When all parts of a resolve syscall have been applied: the names go (K5).</summary>
/// <param name="Promises">Promises that it has settled.</param>
internal sealed record ForgetSettled(IReadOnlyList<string> Promises) : VatSyscall;
