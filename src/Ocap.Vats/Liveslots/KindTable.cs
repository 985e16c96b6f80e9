using Jint.Native.Object;

namespace Ocap.Vats.Liveslots;

/// <summary>What liveslots asks of a kind of stored objects: collections, handles of kinds, and what vat code defines.</summary>
internal interface IStoredKind
{
    /// <summary>Whether its objects outlive this incarnation of the vat.</summary>
    bool IsDurable { get; }

    /// <summary>Names of the facets of each object, in the order of their numbers; null when its objects are not faceted.</summary>
    IReadOnlyList<string>? FacetNames { get; }

    /// <summary>Makes the object, or the record of facets, that stands for a stored object in the heap.</summary>
    ObjectInstance Reanimate(VatSlot slot);

    /// <summary>Deletes what is stored of an object that is dead: all of it, or so many of its entries; then it is called again.</summary>
    StoredDeletion DeleteStored(VatSlot slot, int mostEntries);
}

/// <summary>The kinds of stored objects that this vat knows, by id.</summary>
internal sealed class KindTable
{
    private readonly Dictionary<ulong, IStoredKind> _kinds = [];

    internal IStoredKind? Find(ulong id) => _kinds.GetValueOrDefault(id);

    /// <summary>Adds a kind. It may be there from a definition that threw after this.</summary>
    internal void Register(ulong id, IStoredKind kind) => _kinds[id] = kind;

    internal bool IsDurable(ulong id) => _kinds.TryGetValue(id, out IStoredKind? kind) && kind.IsDurable;

    internal int FacetCount(ulong id) => _kinds.TryGetValue(id, out IStoredKind? kind) && kind.FacetNames is { } names ? names.Count : 1;
}
