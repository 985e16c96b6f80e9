using System.Runtime.CompilerServices;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Promises;

namespace Ocap.Vats.Liveslots;

/// <summary>What leaves the vat: messages, and how its promises settle.</summary>
internal sealed class Outbound(VatHeap heap)
{
    /// <summary>Sends a message to a presence or an unsettled promise, and returns the promise that the kernel will settle.</summary>
    internal JsValue Send(string target, EventualSend send)
    {
        JsValue methargs = heap.Realm.Harden(new JsArray(heap.Realm.Engine, [send.Property, send.ArgumentArray]));
        CapData data = heap.Marshaller.Serialize(methargs);
        heap.RequireAcceptable(data);
        heap.RetainExports(data.Slots);

        string? result = send.SendOnly ? null : heap.Importer.NewPromiseReference();
        JsValue answer = JsValue.Undefined;
        if (result is not null)
        {
            // Vat code holds the promise that the send returned, so that is the one that has the reference;
            // the kernel's answer settles another one behind it, which can be pipelined to.
            ImportedPromise pipeline = heap.Importer.NewPipeline(result);
            answer = pipeline.Promise;
            var returned = (ObjectInstance)send.Returned;
            heap.PromiseTable.Imported[result] = pipeline with { Promise = returned };
            heap.References.Register(result, returned);
        }

        heap.Syscalls.Add(new SyscallSend(target, data, result));
        if (!ResolveMentioned(data.Slots))
        {
            return JsValue.Null;
        }

        if (result is not null)
        {
            heap.Syscalls.Add(new SyscallSubscribe(result));
        }

        GC.KeepAlive(methargs);
        return answer;
    }

    /// <summary>Makes the kernel hear of a promise that this vat decides, once it settles.</summary>
    internal void Follow(string vpid, ObjectInstance promise)
    {
        heap.PromiseTable.Exported[vpid] = promise;
        heap.Promises.When(
            promise,
            value => Settled(vpid, promise, rejected: false, value),
            reason => Settled(vpid, promise, rejected: true, reason));
    }

    /// <summary>The same for a reference that the kernel is told of now; of no effect on objects, and on promises it knows already.</summary>
    internal bool FollowIfNew(string vref)
    {
        if (!VatSlot.IsPromise(vref) || heap.PromiseTable.Exported.ContainsKey(vref) || heap.PromiseTable.Imported.ContainsKey(vref))
        {
            return false;
        }

        Follow(vref, heap.References.Require(vref));
        return true;
    }

    /// <summary>Forgets a settled promise's reference, unless stored data mentions it.</summary>
    internal void UnregisterUnmentioned(string vpid)
    {
        ObjectInstance promise = heap.References.Require(vpid);
        if (!heap.Counts.IsMentioned(promise))
        {
            heap.References.Unregister(vpid, promise);
        }
    }

    private JsValue Settled(string vpid, ObjectInstance promise, bool rejected, JsValue value)
    {
        heap.Realm.Harden(value);
        heap.PromiseTable.Remember(promise, rejected, value);
        List<PromiseSettlement> batch = [];
        Collect(vpid, rejected, value, batch, new(StringComparer.Ordinal));
        if (Emit(batch, new(StringComparer.Ordinal)))
        {
            heap.PromiseTable.Exported.Remove(vpid);
        }

        GC.KeepAlive(value);
        GC.KeepAlive(promise);
        return JsValue.Undefined;
    }

    /// <summary>Settles the promises that a message mentions and that had settled before, in one batch; follows the others.</summary>
    private bool ResolveMentioned(IReadOnlyList<string> slots)
    {
        List<PromiseSettlement> batch = [];
        CollectMentioned(slots, batch, new(StringComparer.Ordinal));
        return Emit(batch, new(slots, StringComparer.Ordinal));
    }

    private bool Emit(List<PromiseSettlement> batch, SortedSet<string> mentioned)
    {
        if (batch.Count > 0)
        {
            if (!SyscallLog.Accepts(batch.Select(static settlement => settlement.Value)))
            {
                heap.Syscalls.Add(new SyscallExit(IsFailure: true, heap.Marshaller.Serialize(heap.Realm.NewError(SyscallLog.TooLarge))));
                return false;
            }

            heap.Syscalls.Add(new SyscallResolve([.. batch]));
            foreach (PromiseSettlement settlement in batch)
            {
                mentioned.UnionWith(settlement.Value.Slots);
            }

            foreach (PromiseSettlement settlement in batch)
            {
                mentioned.Remove(settlement.Promise);
                UnregisterUnmentioned(settlement.Promise);
            }
        }

        foreach (string vref in mentioned)
        {
            FollowIfNew(vref);
        }

        return true;
    }

    private void Collect(string vpid, bool rejected, JsValue value, List<PromiseSettlement> batch, HashSet<string> done)
    {
        // A chain of settled promises may be as long as the vat likes; the stack is not.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        done.Add(vpid);
        CapData data = Serialize(value, ref rejected);
        heap.RetainExports(data.Slots);
        batch.Add(new PromiseSettlement(vpid, rejected, data));
        CollectMentioned(data.Slots, batch, done);
    }

    /// <summary>A settlement's data. What cannot travel becomes a rejection that says why.</summary>
    private CapData Serialize(JsValue value, ref bool rejected)
    {
        JsValue refusal;
        try
        {
            return heap.Marshaller.Serialize(value);
        }
        catch (JavaScriptException error)
        {
            // It is sent below: a catch block runs on top of the frames that threw, and where they used up the stack there is none left here.
            refusal = error.Error;
        }

        rejected = true;
        return heap.Marshaller.Serialize(refusal);
    }

    private void CollectMentioned(IReadOnlyList<string> slots, List<PromiseSettlement> batch, HashSet<string> done)
    {
        foreach (string slot in slots)
        {
            if (VatSlot.IsPromise(slot) && !done.Contains(slot) && heap.PromiseTable.ResolutionOf(heap.References.Require(slot)) is { } known)
            {
                Collect(slot, known.Rejected, known.Value, batch, done);
            }
        }
    }
}
