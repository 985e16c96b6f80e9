using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Weak;

/// <summary>
/// The entries of a vat's <c>WeakMap</c> or <c>WeakSet</c>. A key that stands for a stored object or an import comes and goes in the heap, so its entry is
/// kept under the reference until that is retired; any other key keeps what is held under it itself (<see cref="WeakEntries"/>).
/// </summary>
internal sealed class AwareCollection(VatHeap heap) : ObjectInstance(heap.Realm.Engine)
{
    private ByReference? _byReference;
    private WeakEntries.Owner? _byObject;

    // Keys whose going could be seen, were they held weakly: records of facets.
    private HashSet<JsValue>? _held;

    internal bool Has(JsValue key) => ReferenceOf(key) is { } vref
        ? _byReference?.Entries.ContainsKey(vref) ?? false
        : _byObject is not null && IsKey(key) && ObjectNotes.EntriesOf(key) is { } entries && entries.TryGet(_byObject, out _);

    internal JsValue Lookup(JsValue key)
    {
        JsValue? value = null;
        if (ReferenceOf(key) is { } vref)
        {
            _byReference?.Entries.TryGetValue(vref, out value);
        }
        else if (_byObject is not null && IsKey(key))
        {
            ObjectNotes.EntriesOf(key)?.TryGet(_byObject, out value);
        }

        return value ?? Undefined;
    }

    internal void Put(JsValue key, JsValue value)
    {
        if (ReferenceOf(key) is { } vref)
        {
            if (_byReference is null)
            {
                _byReference = new ByReference();
                heap.WeakCollections.Watch(this, _byReference);
            }

            _byReference.Entries[vref] = value;
            heap.Recognizers.Add(vref, _byReference);
            return;
        }

        ObjectNotes.EntriesOn(key).Put(_byObject ??= new WeakEntries.Owner(this), value);
        if (key is ObjectInstance instance && heap.Realm.Notes.Of(instance) is { IsCohort: true })
        {
            (_held ??= new(ReferenceEqualityComparer.Instance)).Add(key);
        }
    }

    internal bool Remove(JsValue key)
    {
        if (ReferenceOf(key) is { } vref)
        {
            if (_byReference is null || !_byReference.Entries.ContainsKey(vref))
            {
                return false;
            }

            heap.Recognizers.Remove(vref, _byReference);
            return _byReference.Entries.Remove(vref);
        }

        _held?.Remove(key);
        return _byObject is not null && IsKey(key) && ObjectNotes.EntriesOf(key) is { } entries && entries.Remove(_byObject);
    }

    private static bool IsKey(JsValue value) => value is ObjectInstance or JsSymbol;

    private string? ReferenceOf(JsValue key) =>
        key is ObjectInstance instance
        && heap.References.ReferenceOf(instance) is { } vref
        && VatSlot.Parse(vref) is { Type: VatSlotType.Object } slot
        && (slot.IsStored || !slot.AllocatedByVat)
            ? vref
            : null;

    /// <summary>The entries under references. It is not the collection itself, which must be free to be collected while others know of these.</summary>
    internal sealed class ByReference : IRecognizer
    {
        internal Dictionary<string, JsValue> Entries { get; } = new(StringComparer.Ordinal);

        public bool Forget(string vref) => Entries.Remove(vref);
    }
}
