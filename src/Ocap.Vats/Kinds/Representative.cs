using Jint.Native.Object;

namespace Ocap.Vats.Kinds;

/// <summary>
/// The object in the heap that stands for a stored object, or for one facet of it. It comes and goes with its use; there is never more than one,
/// and vat code cannot tell that it is not always the same.
/// </summary>
internal sealed class Representative(Jint.Engine engine, VirtualKind kind, string baseRef, int? facet) : ObjectInstance(engine)
{
    internal VirtualKind Kind => kind;

    internal string BaseRef => baseRef;

    /// <summary>Number of the facet; null for objects without facets.</summary>
    internal int? Facet => facet;

    /// <summary>The record of all facets: whoever holds one holds all, or the coming and going of the others could be seen.</summary>
    internal ObjectInstance? Cohort { get; set; }
}
