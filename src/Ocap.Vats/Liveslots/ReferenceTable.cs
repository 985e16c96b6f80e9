using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>
/// The objects and promises of a vat that have references. It holds them weakly; what the kernel may still ask for is held by
/// <see cref="Export"/> (objects) or by the <see cref="PromiseTable"/>. Facets of one stored object are in it together, as the record of them.
/// </summary>
internal sealed class ReferenceTable(JsRealm realm)
{
    internal const string Root = "o+0";

    // Entries of collected objects are looked for when there are as many as this; a vat that runs through a million objects in one crank
    // does not keep a million of them.
    private const int FewestToSweep = 4096;

    private readonly Dictionary<string, WeakReference<ObjectInstance>> _values = new(StringComparer.Ordinal);
    private readonly HashSet<ObjectInstance> _exported = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _recognizedByKernel = new(StringComparer.Ordinal);
    private int _sweepAt = FewestToSweep;

    /// <summary>Objects (by the reference without facet) that have been collected since it was emptied, and others that may have died.</summary>
    internal HashSet<string> PossiblyDead { get; } = new(StringComparer.Ordinal);

    internal string? ReferenceOf(ObjectInstance value) => realm.Notes.Of(value)?.Reference;

    internal ObjectInstance? Value(string baseRef) =>
        _values.TryGetValue(baseRef, out WeakReference<ObjectInstance>? weak) && weak.TryGetTarget(out ObjectInstance? value) ? value : null;

    internal ObjectInstance Require(string baseRef) => Value(baseRef) ?? throw realm.Fail($"no value for {Quoting.Quote(baseRef)}");

    internal void Register(string baseRef, ObjectInstance value)
    {
        realm.Notes.On(value).Reference = baseRef;
        Hold(baseRef, value);
    }

    /// <summary>Registers the facets of a stored object.</summary>
    internal void RegisterCohort(string baseRef, ObjectInstance cohort, IReadOnlyList<string> facetNames)
    {
        for (int i = 0; i < facetNames.Count; i++)
        {
            realm.Notes.On((ObjectInstance)cohort.Get(facetNames[i])).Reference = $"{baseRef}:{i}";
        }

        Hold(baseRef, cohort);
    }

    internal void Unregister(string baseRef, ObjectInstance value)
    {
        realm.Notes.On(value).Reference = null;
        _values.Remove(baseRef);
    }

    /// <summary>Holds an object of the heap for as long as the kernel may ask for it.</summary>
    internal void Export(string vref)
    {
        _exported.Add(Require(vref));
        _recognizedByKernel.Add(vref);
    }

    internal void Drop(string vref)
    {
        if (Value(vref) is { } value)
        {
            _exported.Remove(value);
        }
    }

    /// <summary>Forgets that the kernel could recognize an export; false when it could not.</summary>
    internal bool Retire(string vref) => _recognizedByKernel.Remove(vref);

    /// <summary>Imported objects that the heap has, or had without saying so far that they are gone.</summary>
    internal IEnumerable<string> Imports => _values.Keys.Concat(PossiblyDead).Where(static baseRef => baseRef.StartsWith("o-", StringComparison.Ordinal));

    internal bool Has(string baseRef) => _values.ContainsKey(baseRef);

    /// <summary>Removes the entries of objects that have been collected; objects, but not promises and never the root, are then possibly dead.</summary>
    internal void SweepCollected()
    {
        foreach ((string baseRef, WeakReference<ObjectInstance> weak) in _values)
        {
            if (!weak.TryGetTarget(out _) && !string.Equals(baseRef, Root, StringComparison.Ordinal))
            {
                _values.Remove(baseRef);
                if (!VatSlot.IsPromise(baseRef))
                {
                    PossiblyDead.Add(baseRef);
                }
            }
        }

        _sweepAt = Math.Max(FewestToSweep, 2 * _values.Count);
    }

    private void Hold(string baseRef, ObjectInstance value)
    {
        if (_values.Count >= _sweepAt)
        {
            SweepCollected();
        }

        _values[baseRef] = new WeakReference<ObjectInstance>(value);
    }
}
