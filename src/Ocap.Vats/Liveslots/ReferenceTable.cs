using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>
/// The objects and promises of a vat that have references. It holds them weakly; what the kernel may still ask for is held by
/// <see cref="Export"/> (objects) or by the <see cref="PromiseTable"/>.
/// </summary>
internal sealed class ReferenceTable(JsRealm realm)
{
    private readonly Dictionary<string, WeakReference<ObjectInstance>> _values = new(StringComparer.Ordinal);
    private readonly HashSet<ObjectInstance> _exported = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _recognizedByKernel = new(StringComparer.Ordinal);

    internal string? ReferenceOf(ObjectInstance value) => realm.Notes.Of(value)?.Reference;

    internal ObjectInstance? Value(string baseRef) =>
        _values.TryGetValue(baseRef, out WeakReference<ObjectInstance>? weak) && weak.TryGetTarget(out ObjectInstance? value) ? value : null;

    internal ObjectInstance Require(string baseRef) => Value(baseRef) ?? throw realm.Fail($"no value for {Quoting.Quote(baseRef)}");

    internal void Register(string baseRef, ObjectInstance value)
    {
        realm.Notes.On(value).Reference = baseRef;
        _values[baseRef] = new WeakReference<ObjectInstance>(value);
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

    internal bool Has(string baseRef) => _values.ContainsKey(baseRef);

    /// <summary>Removes the entries of objects that have been collected, and returns their references.</summary>
    internal List<string> SweepCollected()
    {
        List<string> collected = [];
        foreach ((string baseRef, WeakReference<ObjectInstance> weak) in _values)
        {
            if (!weak.TryGetTarget(out _))
            {
                collected.Add(baseRef);
            }
        }

        foreach (string baseRef in collected)
        {
            _values.Remove(baseRef);
        }

        return collected;
    }
}
