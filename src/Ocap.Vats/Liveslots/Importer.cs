using System.Globalization;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Kernel.Vats;
using Ocap.Vats.Marshal;
using Ocap.Vats.Promises;

namespace Ocap.Vats.Liveslots;

/// <summary>Turns references into presences, promises and stored objects as they are first heard of, and gives references to what leaves the vat.</summary>
internal sealed class Importer(VatHeap heap) : ISlotTable
{
    private SortedSet<string>? _collecting;

    public string SlotOf(ObjectInstance value)
    {
        if (heap.References.ReferenceOf(value) is { } known)
        {
            return known;
        }

        bool isPromise = heap.Realm.IsPromise(value);
        if (!isPromise && heap.Styles.Of(value) is not PassStyle.Remotable and var style)
        {
            throw heap.Realm.Fail($"Expected {Quoting.Quote(style.Name())} is same as \"remotable\"", "RangeError");
        }

        string vref = isPromise
            ? NewPromiseReference()
            : "o+" + heap.Ids.NextExport().ToString(CultureInfo.InvariantCulture);
        heap.References.Register(vref, value);
        return vref;
    }

    public JsValue ValueOf(string slot, string? iface)
    {
        VatSlot parsed = VatSlot.Parse(slot);
        if (heap.References.Value(parsed.BaseRef) is { } known)
        {
            return parsed.Facet is { } facet ? FacetOf(parsed, known, facet) : known;
        }

        if (parsed.Type == VatSlotType.Promise)
        {
            return ImportPromise(slot);
        }

        if (parsed.IsStored)
        {
            return Reanimate(parsed, iface);
        }

        ObjectInstance value = parsed switch
        {
            { Type: VatSlotType.Device } => throw heap.Realm.Fail($"{Quoting.Quote(slot)} is a device, and there are no devices"),
            { AllocatedByVat: true } => throw heap.Realm.Fail($"I don't remember allocating {Quoting.Quote(slot)}"),
            _ => NewPresence(slot, iface ?? $"Alleged: presence {slot}"),
        };
        heap.References.Register(parsed.BaseRef, value);
        return value;
    }

    internal string NewPromiseReference() => "p+" + heap.Ids.NextPromise().ToString(CultureInfo.InvariantCulture);

    /// <summary>Begins to collect the promises that are heard of, instead of subscribing to each at once.</summary>
    internal void BeginCollectingPromises() => _collecting = new(StringComparer.Ordinal);

    internal SortedSet<string> FinishCollectingPromises()
    {
        SortedSet<string> collected = _collecting ?? [];
        _collecting = null;
        return collected;
    }

    /// <summary>A promise that messages can be sent to before the kernel settles it.</summary>
    internal ImportedPromise NewPipeline(string vpid)
    {
        var handler = new PipelineHandler(heap, vpid);
        HandledDeferred deferred = heap.Promises.NewDeferred(handler);
        return new ImportedPromise(
            deferred.Promise,
            value =>
            {
                handler.IsActive = false;
                deferred.Resolve(value);
            },
            reason =>
            {
                handler.IsActive = false;
                deferred.Reject(reason);
            });
    }

    /// <summary>The promise of a reference that stored data mentions. The kernel knows already that this vat waits for it.</summary>
    internal ObjectInstance Revive(string vpid)
    {
        if (heap.References.Value(vpid) is { } known)
        {
            return known;
        }

        ImportedPromise imported = NewPipeline(vpid);
        heap.PromiseTable.Imported[vpid] = imported;
        heap.References.Register(vpid, imported.Promise);
        return imported.Promise;
    }

    private ObjectInstance ImportPromise(string vpid)
    {
        ImportedPromise imported = NewPipeline(vpid);
        heap.PromiseTable.Imported[vpid] = imported;
        if (_collecting is not null)
        {
            _collecting.Add(vpid);
        }
        else
        {
            heap.Syscalls.Add(new SyscallSubscribe(vpid));
        }

        heap.References.Register(vpid, imported.Promise);
        return imported.Promise;
    }

    private ObjectInstance NewPresence(string slot, string iface)
    {
        HandledDeferred deferred = heap.Promises.NewDeferred(handler: null);
        return (ObjectInstance)deferred.ResolveWithPresence(
            new PresenceHandler(heap, slot),
            () => heap.Tagging.Remotable(iface, new JsObject(heap.Realm.Engine)));
    }

    private ObjectInstance Reanimate(VatSlot slot, string? iface)
    {
        ObjectInstance? value = null;
        IStoredKind? kind = heap.Kinds.Find(slot.Id);
        try
        {
            value = kind?.Reanimate(slot);
        }
        catch (Exception error) when (error is JavaScriptException or FormatException or InvalidOperationException)
        {
            // The throw is below, when the stack has been unwound.
        }

        if (value is null)
        {
            throw heap.Realm.Fail($"failed to reanimate {heap.Quoting.Quote(iface is null ? JsValue.Undefined : iface)}");
        }

        if (kind!.FacetNames is { } facetNames)
        {
            heap.References.RegisterCohort(slot.BaseRef, value, facetNames);
        }
        else
        {
            heap.References.Register(slot.BaseRef, value);
        }

        return slot.Facet is { } facet ? FacetOf(slot, value, facet) : value;
    }

    private ObjectInstance FacetOf(VatSlot slot, ObjectInstance cohort, int facet) =>
        heap.Kinds.Find(slot.Id)?.FacetNames is { } names && facet < names.Count
            ? (ObjectInstance)cohort.Get(names[facet])
            : throw heap.Realm.Fail($"getFacet missing, \"[{slot.Id}n]\" [\"[{facet}n]\"]");

    private sealed class PresenceHandler(VatHeap heap, string slot) : IPromiseHandler
    {
        public JsValue Perform(JsValue target, EventualSend send) => send.Operation == HandlerOperation.Get
            ? ((ObjectInstance)target).Get(send.Property)
            : heap.Outbound.Send(slot, send);
    }

    private sealed class PipelineHandler(VatHeap heap, string vpid) : IPromiseHandler
    {
        internal bool IsActive { get; set; } = true;

        public JsValue Perform(JsValue target, EventualSend send)
        {
            if (!IsActive)
            {
                throw new InvalidOperationException($"a message was pipelined to {vpid} after it had settled");
            }

            return send.Operation == HandlerOperation.Get
                ? heap.Promises.When(target, settled => heap.Promises.Local.Read(settled, send.Property))
                : heap.Outbound.Send(vpid, send);
        }
    }
}
