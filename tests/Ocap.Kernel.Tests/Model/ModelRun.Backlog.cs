using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Tests.Model;

/// <summary>What each vat has sent that nobody has taken yet is counted as it comes and goes; here it is counted anew.</summary>
internal sealed partial class ModelRun
{
    private IEnumerable<string> Miscounted()
    {
        Backlog backlog = _loop.Core.Backlog;
        Dictionary<VatId, Sent> counted = [];
        foreach (QueuedItem item in _loop.Core.Queue.Items.Where(static item => item.Sender is not null))
        {
            Count(item.Sender!.Value, item.Characters);
        }

        foreach (IGrouping<KRef, QueuedItem> waiting in Deferred(_loop).GroupBy(static item => ((SendItem)item.Head).Target))
        {
            QueuedItem[] items = [.. waiting];
            VatId?[] senders = [.. backlog.SendersTo(waiting.Key, int.MaxValue)];
            if (senders.Length > 0 && senders.Length != items.Length)
            {
                yield return $"{items.Length} messages wait for {waiting.Key}, of which {senders.Length} are counted";
            }

            // Their order does not matter for the counts, but for what is counted for whom as each moves on.
            (VatId? Sender, long Characters)[] each = [.. senders.Zip(InOrder(waiting.Key), static (sender, characters) => (sender, characters))];
            foreach ((VatId? sender, long characters) in each)
            {
                if (sender is { } vat)
                {
                    Count(vat, characters);
                }
            }
        }

        foreach (VatId vat in counted.Keys.Union(backlog.All.Keys))
        {
            if (backlog.Of(vat) != counted.GetValueOrDefault(vat))
            {
                yield return $"{vat} has sent {counted.GetValueOrDefault(vat)} that nobody has taken, and {backlog.Of(vat)} is counted";
            }
        }

        void Count(VatId vat, long characters) => counted[vat] = counted.GetValueOrDefault(vat) + new Sent(1, characters);
    }

    /// <summary>Characters of the messages that wait for a promise, oldest first.</summary>
    private IEnumerable<long> InOrder(KRef promise)
    {
        string prefix = $"queue.{promise}.";
        return _loop.Core.State.Scan(prefix)
            .Where(row => char.IsAsciiDigit(row.Key[prefix.Length]))
            .OrderBy(row => long.Parse(row.Key[prefix.Length..], System.Globalization.CultureInfo.InvariantCulture))
            .Select(static row => (long)QueueJson.ReadMessage(row.Value).Methargs.Body.Length);
    }
}
