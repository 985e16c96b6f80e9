using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Vats;

/// <summary>A vat that wants a worker, and what decides where that worker runs.</summary>
/// <param name="Id">The vat.</param>
/// <param name="Subcluster">Its subcluster.</param>
/// <param name="Config">Its stored configuration, JSON text.</param>
public sealed record VatToRun(VatId Id, SubclusterId Subcluster, string Config)
{
    /// <summary>It is being launched: its store is empty until its first crank commits.</summary>
    public bool IsNew { get; init; }

    /// <summary>A worker of it was lost in the middle of a crank: it is to harm nobody else if that happens again.</summary>
    public bool IsSuspect { get; init; }
}
