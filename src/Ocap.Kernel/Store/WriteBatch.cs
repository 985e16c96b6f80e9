using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Store;

/// <summary>
/// A run of consecutive commits that becomes durable as one transaction (design/cranks.md K15).
/// A store applies it in this order: <see cref="Wipe"/>, <see cref="DroppedVats"/>, then puts and deletes.
/// </summary>
public sealed class WriteBatch
{
    /// <summary>Kernel keys; null means delete.</summary>
    public Dictionary<string, string?> Kernel { get; } = new(StringComparer.Ordinal);

    /// <summary>Vat stores; null means delete.</summary>
    public Dictionary<VatId, Dictionary<string, string?>> VatStores { get; } = [];

    /// <summary>Vats whose whole store is deleted. Such a vat has no entry in <see cref="VatStores"/>.</summary>
    public HashSet<VatId> DroppedVats { get; } = [];

    /// <summary>Delete every row of both tables first.</summary>
    public bool Wipe { get; set; }

    /// <summary>Number of the newest commit in the batch.</summary>
    public long LastCommit { get; set; }
}
