using Ocap.Marshal;

namespace Ocap.Kernel.Cranks;

/// <summary>What becomes of a crank, decided from its report and applied in one place.</summary>
internal abstract record CrankResult
{
    /// <summary>Keep everything.</summary>
    internal sealed record Keep : CrankResult;

    /// <summary>Keep everything, then end the vat: it asked to exit.</summary>
    internal sealed record KeepAndEnd(CapData Reason) : CrankResult;

    /// <summary>Undo the crank, reject the message's result with <paramref name="Reason"/>, end the vat.</summary>
    internal sealed record UndoAndEnd(CapData Reason) : CrankResult;

    /// <summary>The kernel's own fault: undo the crank, reject the message's result, give the vat a new heap (K10).</summary>
    internal sealed record UndoAndRestart(string Detail) : CrankResult;
}
