using Ocap.Kernel.CLists;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Cranks;

/// <summary>
/// What one notify tells a vat: a settled promise and every settled promise that its value leads to, depth first, each once, as far as there is room. A promise
/// for which there is none is introduced as one that is not settled yet: the vat subscribes to it as to any other, and so is told of it in a notify of its own.
/// </summary>
internal sealed class NotifyBatch
{
    private static readonly CapData TooLarge =
        KernelError.Make(KernelErrorCode.DeliveryFailed, "This promise and others that lead to each other in a circle have values that are too large to be passed on together");

    private readonly PromiseTable _promises;
    private readonly KernelOptions _options;
    private readonly List<(KRef Promise, bool Rejected, CapData Value)> _told = [];
    private readonly HashSet<KRef> _seen = [];
    private long _characters;
    private long _slots;

    /// <summary>Collects what is told.</summary>
    /// <param name="view">The state, with the vat's c-list.</param>
    /// <param name="options">How much one notify tells.</param>
    /// <param name="promise">The promise that the vat waits for.</param>
    /// <param name="lane">The vat's, which notes what is left out.</param>
    internal NotifyBatch(StateView view, KernelOptions options, KRef promise, Lane lane)
    {
        (_promises, _options) = (new PromiseTable(view), options);
        if (Collect(promise))
        {
            LeaveOut(new CList(view, lane.Vat), lane.Postponed);
        }

        Promises = _told.ConvertAll(static told => told.Promise);
        lane.Postponed.Told(Promises);
    }

    /// <summary>The promises, the awaited one first.</summary>
    internal IReadOnlyList<KRef> Promises { get; }

    /// <summary>What the vat is told, in its own names.</summary>
    internal PromiseSettlement[] Translate(OutboundTranslator outbound)
    {
        var settlements = new PromiseSettlement[_told.Count];
        for (int i = 0; i < settlements.Length; i++)
        {
            settlements[i] = new PromiseSettlement(outbound.Ref(_told[i].Promise), _told[i].Rejected, outbound.Data(_told[i].Value));
        }

        return settlements;
    }

    /// <summary>Follows the values, each of which is read once. True when there is no room for the next: then nothing more is read.</summary>
    private bool Collect(KRef promise)
    {
        var rest = new Stack<KRef>([promise]);
        while (rest.TryPop(out KRef next))
        {
            PromiseState? state = _seen.Contains(next) ? null : _promises.State(next);
            if (state is null or PromiseState.Unresolved)
            {
                continue;
            }

            CapData value = _promises.Value(next);
            _characters += value.Body.Length;
            _slots += value.Slots.Count;
            if (_told.Count > 0
                && (_told.Count >= _options.NotifyPromises || _characters > _options.NotifyCharacters || _slots > _options.NotifySlots))
            {
                return true;
            }

            _seen.Add(next);
            _told.Add((next, state == PromiseState.Rejected, value));
            for (int i = value.Slots.Count - 1; i >= 0; i--)
            {
                KRef slot = KRef.Parse(value.Slots[i]);
                if (slot.IsPromise)
                {
                    rest.Push(slot);
                }
            }
        }

        return false;
    }

    /// <summary>Settled promises that the told values mention and that are not told: those that the vat does not wait for already come to be postponed.</summary>
    private void LeaveOut(CList clist, Postponed postponed)
    {
        for (int i = 0, collected = _told.Count; i < collected; i++)
        {
            IReadOnlyList<string> slots = _told[i].Value.Slots;
            for (int j = 0; j < slots.Count; j++)
            {
                KRef slot = KRef.Parse(slots[j]);
                if (!slot.IsPromise || !_seen.Add(slot) || clist.ToVat(slot) is not null || _promises.State(slot) is null or PromiseState.Unresolved)
                {
                    continue;
                }

                if (!postponed.TryAdd(slot))
                {
                    _told.Add((slot, true, TooLarge));
                }
            }
        }
    }
}
