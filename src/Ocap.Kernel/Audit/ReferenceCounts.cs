using Ocap.Kernel.CLists;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Services;
using Ocap.Kernel.Urls;
using Ocap.Marshal;

namespace Ocap.Kernel.Audit;

/// <summary>
/// Every reference count as its holders make it (design/architecture.md §4), and how many may settle each promise. Read from rows alone: it shares
/// no code with what keeps the counts from commit to commit.
/// </summary>
internal sealed class ReferenceCounts
{
    private const string RunQueuePrefix = "queue.run.";
    private const string PromiseQueuePrefix = "queue.kp";

    /// <summary>Counts all holders in <paramref name="rows"/>, the kernel's.</summary>
    internal ReferenceCounts(IReadOnlyDictionary<string, string> rows)
    {
        foreach ((string key, string value) in rows)
        {
            if (TryReadEntry(key, out _, out KRef kref))
            {
                CountEntry(kref, CListEntry.Parse(value));
            }
            else if (IsItem(key, RunQueuePrefix))
            {
                CountItem(QueueJson.ReadItem(value));
            }
            else if (IsItem(key, PromiseQueuePrefix))
            {
                CountMessage(PromiseOfQueue(key), QueueJson.ReadMessage(value));
            }
            else if (TryReadPromise(key, ".value", out _))
            {
                HoldAll(QueueJson.ReadCapData(value));
            }
            else if (TryReadPromise(key, ".state", out KRef promise))
            {
                if (string.Equals(value, "unresolved", StringComparison.Ordinal))
                {
                    Hold(promise);
                }
            }
            else if (TryReadPromise(key, ".decider", out KRef decided))
            {
                CountSettler(decided);
            }
            else if (key.StartsWith(SealedSettlement.Prefix, StringComparison.Ordinal))
            {
                HoldAll(SealedSettlement.Read(value).Value);
                CountSettler(KRef.Parse(key[SealedSettlement.Prefix.Length..]));
            }
            else if (key.StartsWith(KeptResults.Prefix, StringComparison.Ordinal))
            {
                Hold(KRef.Parse(key[KeptResults.Prefix.Length..]));
            }
            else if (key.StartsWith(OcapUrlDesk.IssuedPrefix, StringComparison.Ordinal))
            {
                Hold(KRef.Parse(key[OcapUrlDesk.IssuedPrefix.Length..]));
            }
            else if (key.StartsWith(ServiceCalls.Prefix, StringComparison.Ordinal))
            {
                HoldCall(StoredCall.Read(value));
            }
            else if (key.StartsWith("vatConfig.", StringComparison.Ordinal) && rows.TryGetValue(key["vatConfig.".Length..] + ".c.o+0", out string? root))
            {
                Hold(KRef.Parse(root));
            }
            else if (string.Equals(key, "pinnedObjects", StringComparison.Ordinal) && value.Length > 0)
            {
                foreach (string pin in value.Split(','))
                {
                    Hold(KRef.Parse(pin));
                }
            }
        }
    }

    internal Dictionary<KRef, RefCounts> Objects { get; } = [];

    /// <summary>Results that a call of a service under way will settle.</summary>
    internal HashSet<KRef> Called { get; } = [];

    internal Dictionary<KRef, long> Promises { get; } = [];

    /// <summary>How many may settle a promise: its decider, each message whose result it is, and a settlement that is sealed.</summary>
    internal Dictionary<KRef, int> Settlers { get; } = [];

    /// <summary>Reads the key of the half <c>vat.c.kref</c> of a c-list entry.</summary>
    internal static bool TryReadEntry(string key, out string vat, out KRef kref)
    {
        int at = key.IndexOf(".c.k", StringComparison.Ordinal);
        vat = at > 0 ? key[..at] : "";
        kref = default;
        return at > 0 && KRef.TryParse(key[(at + ".c.".Length)..], out kref);
    }

    /// <summary>Reads a key like <c>kp5.value</c>.</summary>
    internal static bool TryReadPromise(string key, string suffix, out KRef promise)
    {
        promise = default;
        return key.StartsWith("kp", StringComparison.Ordinal) && key.EndsWith(suffix, StringComparison.Ordinal) && KRef.TryParse(key[..^suffix.Length], out promise);
    }

    /// <summary>Every message that waits, in the run queue or for a promise.</summary>
    internal static List<Message> Messages(IReadOnlyDictionary<string, string> rows)
    {
        var messages = new List<Message>();
        foreach ((string key, string value) in rows)
        {
            if (IsItem(key, PromiseQueuePrefix))
            {
                messages.Add(QueueJson.ReadMessage(value));
            }
            else if (IsItem(key, RunQueuePrefix) && QueueJson.ReadItem(value) is SendItem send)
            {
                messages.Add(send.Message);
            }
        }

        return messages;
    }

    internal void Hold(KRef kref)
    {
        if (kref.IsPromise)
        {
            Promises[kref] = Promises.GetValueOrDefault(kref) + 1;
        }
        else
        {
            Add(kref, 1, 1);
        }
    }

    internal void Release(KRef kref)
    {
        if (kref.IsPromise)
        {
            Promises[kref]--;
        }
        else
        {
            Add(kref, -1, -1);
        }
    }

    private static bool IsItem(string key, string prefix) => key.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(key[^1]);

    private static KRef PromiseOfQueue(string key) => KRef.Parse(key["queue.".Length..key.LastIndexOf('.')]);

    /// <summary>An importer holds what it imports; who exports a promise holds it too.</summary>
    private void CountEntry(KRef kref, CListEntry entry)
    {
        if (kref.IsPromise)
        {
            Hold(kref);
        }
        else if (!entry.VRef.IsExport)
        {
            Add(kref, entry.IsReachable ? 1 : 0, 1);
        }
    }

    private void CountItem(RunQueueItem item)
    {
        switch (item)
        {
            case SendItem send:
                CountMessage(send.Target, send.Message);
                break;
            case NotifyItem notify:
                Hold(notify.Promise);
                break;
        }
    }

    private void CountMessage(KRef target, Message message)
    {
        Hold(target);
        HoldAll(message.Methargs);
        if (message.Result is { } result)
        {
            Hold(result);
            CountSettler(result);
        }
    }

    private void HoldCall(StoredCall call)
    {
        foreach (KRef held in call.Held)
        {
            Hold(held);
        }

        if (call.Result is { } result)
        {
            Called.Add(result);
        }
    }

    private void HoldAll(CapData value)
    {
        foreach (string slot in value.Slots)
        {
            Hold(KRef.Parse(slot));
        }
    }

    private void Add(KRef ko, int reachable, int recognizable)
    {
        RefCounts counts = Objects.GetValueOrDefault(ko);
        Objects[ko] = new RefCounts(counts.Reachable + reachable, counts.Recognizable + recognizable);
    }

    private void CountSettler(KRef promise) => Settlers[promise] = Settlers.GetValueOrDefault(promise) + 1;
}
