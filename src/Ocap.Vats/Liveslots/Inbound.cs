using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Kernel.Vats;
using Ocap.Vats.Promises;

namespace Ocap.Vats.Liveslots;

/// <summary>What the kernel delivers to a running vat: messages, settled promises, and what became of exports and imports.</summary>
internal sealed class Inbound(VatHeap heap)
{
    internal void Message(DeliverMessage message)
    {
        JsValue target = heap.Importer.ValueOf(message.Target, null);
        JsValue[] methargs = heap.Realm.Spread(heap.Marshaller.Unserialize(message.Methargs), "methargs");
        JsValue method = methargs.Length > 0 ? methargs[0] : JsValue.Undefined;
        JsValue arguments = methargs.Length > 1 ? methargs[1] : JsValue.Undefined;
        EventualSend send = !TypeConverter.ToBoolean(arguments)
            ? new EventualSend(HandlerOperation.Get, false, [method], JsValue.Undefined)
            : method.IsUndefined()
                ? new EventualSend(HandlerOperation.ApplyFunction, false, [arguments], JsValue.Undefined)
                : new EventualSend(HandlerOperation.ApplyMethod, false, [method, arguments], JsValue.Undefined);
        var answer = (ObjectInstance)heap.Promises.Start(target, send);
        if (message.Result is { } result)
        {
            Decide(result, answer);
        }
    }

    internal void Notify(IReadOnlyList<PromiseSettlement> settlements)
    {
        // Data of the batch may mention promises for the first time, some of which settle later in the batch:
        // the others are subscribed to at its end.
        heap.Importer.BeginCollectingPromises();
        List<string> settled = [];
        foreach (PromiseSettlement settlement in settlements)
        {
            // Others are stale: of an earlier incarnation, or decided here by now.
            if (heap.PromiseTable.Imported.TryGetValue(settlement.Promise, out ImportedPromise? imported))
            {
                JsValue value = heap.Marshaller.Unserialize(settlement.Value);
                (settlement.Rejected ? imported.Reject : imported.Resolve)(value);
                settled.Add(settlement.Promise);
            }
        }

        SortedSet<string> mentioned = heap.Importer.FinishCollectingPromises();
        foreach (string vpid in settled)
        {
            heap.Outbound.UnregisterUnmentioned(vpid);
            heap.PromiseTable.Imported.Remove(vpid);
            mentioned.Remove(vpid);
        }

        foreach (string vpid in mentioned)
        {
            heap.Syscalls.Add(new SyscallSubscribe(vpid));
        }
    }

    internal void DropExports(IReadOnlyList<string> vrefs)
    {
        foreach (string vref in vrefs)
        {
            if (VatSlot.Parse(vref).IsStored)
            {
                heap.Counts.SetExportStatus(vref, 's');
            }
            else
            {
                heap.References.Drop(vref);
            }
        }
    }

    internal void RetireImports(IReadOnlyList<string> vrefs)
    {
        foreach (string vref in vrefs)
        {
            heap.Recognizers.Cease(vref);
        }
    }

    internal void RetireExports(IReadOnlyList<string> vrefs)
    {
        foreach (string vref in vrefs)
        {
            if (VatSlot.Parse(vref).IsStored)
            {
                heap.Counts.SetExportStatus(vref, 'n');
            }
            else
            {
                heap.References.Retire(vref);
            }
        }
    }

    private void Decide(string result, ObjectInstance answer)
    {
        ObjectInstance promise = answer;
        if (heap.PromiseTable.Imported.Remove(result, out ImportedPromise? imported))
        {
            // The vat already holds this promise and now decides it: it is settled as the answer is, and no notify counts any more.
            imported.Resolve(answer);
            promise = imported.Promise;
        }
        else
        {
            heap.References.Register(result, answer);
        }

        heap.Outbound.Follow(result, promise);
    }
}
