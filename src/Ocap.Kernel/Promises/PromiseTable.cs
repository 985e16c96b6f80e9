using System.Globalization;
using System.Text;
using System.Text.Json;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.Promises;

/// <summary>What has become of a promise.</summary>
internal enum PromiseState : byte
{
    Unresolved,
    Fulfilled,
    Rejected,
}

/// <summary>Kernel promises: state, decider, subscribers, waiting messages, value, count (spec/store.md §2, kernel-semantics §6).</summary>
internal readonly struct PromiseTable(StateView view)
{
    /// <summary>A new unresolved promise. Its count starts at 1, held by whoever may settle it until it settles.</summary>
    internal KRef Create(Endpoint? decider)
    {
        KRef kp = KRef.Promise(Counter.Take(view, "nextPromiseId"));
        view.Create(Key(kp, ".state"), "unresolved");
        view.Create(Key(kp, ".subscribers"), "[]");
        view.Create(Key(kp, ".refCount"), "1");
        view.Create(QueueKey(kp, ".head"), "1");
        view.Create(QueueKey(kp, ".tail"), "1");
        if (decider is { } endpoint)
        {
            view.Create(Key(kp, ".decider"), endpoint.ToString());
        }

        return kp;
    }

    /// <summary>Null for a promise that does not exist.</summary>
    internal PromiseState? State(KRef kp) => view.Get(Key(kp, ".state")) switch
    {
        null => null,
        "unresolved" => PromiseState.Unresolved,
        "fulfilled" => PromiseState.Fulfilled,
        "rejected" => PromiseState.Rejected,
        string other => throw new KernelInvariantException($"unknown state \"{other}\" of {kp}"),
    };

    internal Endpoint? Decider(KRef kp) => view.Get(Key(kp, ".decider")) is { } decider ? Endpoint.Parse(decider) : null;

    internal void SetDecider(KRef kp, Endpoint decider)
    {
        string key = Key(kp, ".decider");
        if (view.Get(key) is null)
        {
            // The usual case (K4); as a new key it can cancel out with its delete (K20).
            view.Create(key, decider.ToString());
        }
        else
        {
            view.Put(key, decider.ToString());
        }
    }

    internal void ClearDecider(KRef kp) => view.Delete(Key(kp, ".decider"));

    internal CapData Value(KRef kp) => QueueJson.ReadCapData(view.GetRequired(Key(kp, ".value")));

    internal void AddSubscriber(KRef kp, VatId vat)
    {
        List<string> subscribers = ReadSubscribers(kp);
        string id = vat.ToString();
        int at = subscribers.BinarySearch(id, StringComparer.Ordinal);
        if (at < 0)
        {
            subscribers.Insert(~at, id);
            WriteSubscribers(kp, subscribers);
        }
    }

    internal void RemoveSubscriber(KRef kp, VatId vat)
    {
        List<string> subscribers = ReadSubscribers(kp);
        if (subscribers.Remove(vat.ToString()))
        {
            WriteSubscribers(kp, subscribers);
        }
    }

    internal List<VatId> Subscribers(KRef kp)
    {
        var vats = new List<VatId>();
        foreach (string id in ReadSubscribers(kp))
        {
            if (VatId.TryParse(id, out VatId vat))
            {
                vats.Add(vat);
            }
        }

        return vats;
    }

    /// <summary>Writes the settlement and removes what only an unresolved promise has. Its waiting messages must have been taken before.</summary>
    internal void Settle(KRef kp, bool rejected, CapData value)
    {
        view.Put(Key(kp, ".state"), rejected ? "rejected" : "fulfilled");
        view.Create(Key(kp, ".value"), QueueJson.Write(value));
        view.Delete(Key(kp, ".subscribers"));
        if (view.Get(Key(kp, ".decider")) is not null)
        {
            ClearDecider(kp);
        }
    }

    internal void EnqueueMessage(KRef kp, Message message)
    {
        long head = Counter.Take(view, QueueKey(kp, ".head"));
        view.Create(QueueKey(kp, "." + Counter.Text(head)), QueueJson.Write(message));
    }

    /// <summary>How many messages wait for a promise.</summary>
    internal long Waiting(KRef kp) => Counter.Get(view, QueueKey(kp, ".head"), 1) - Counter.Get(view, QueueKey(kp, ".tail"), 1);

    /// <summary>Characters of the messages that wait for a promise, as they are stored; it stops counting beyond so many.</summary>
    internal long WaitingCharacters(KRef kp, long most)
    {
        long characters = 0;
        long end = Counter.Get(view, QueueKey(kp, ".head"), 1);
        for (long at = Counter.Get(view, QueueKey(kp, ".tail"), 1); at < end && characters <= most; at++)
        {
            characters += view.GetRequired(QueueKey(kp, "." + Counter.Text(at))).Length;
        }

        return characters;
    }

    /// <summary>Takes all messages that wait for a promise, oldest first, and removes their queue.</summary>
    internal List<Message> TakeMessages(KRef kp)
    {
        List<Message> messages = TakeMessages(kp, int.MaxValue, long.MaxValue, out _);
        view.Delete(QueueKey(kp, ".head"));
        view.Delete(QueueKey(kp, ".tail"));
        return messages;
    }

    /// <summary>Takes the oldest messages that wait for a promise, at most so many and no more once there are so many characters of them.</summary>
    internal List<Message> TakeMessages(KRef kp, int most, long mostCharacters, out long characters)
    {
        characters = 0;
        long tail = Counter.Get(view, QueueKey(kp, ".tail"), 1);
        long end = tail + Math.Min(most, Counter.Get(view, QueueKey(kp, ".head"), 1) - tail);
        var messages = new List<Message>((int)(end - tail));
        for (; tail < end && characters < mostCharacters; tail++)
        {
            string key = QueueKey(kp, "." + Counter.Text(tail));
            string text = view.GetRequired(key);
            characters += text.Length;
            messages.Add(QueueJson.ReadMessage(text));
            view.Delete(key);
        }

        if (messages.Count > 0)
        {
            view.Put(QueueKey(kp, ".tail"), Counter.Text(tail));
        }

        return messages;
    }

    /// <summary>Adds to the count and returns the new one. A decrement of something gone is dropped (K6).</summary>
    internal long AddCount(KRef kp, int delta)
    {
        if (view.Get(Key(kp, ".refCount")) is not { } text)
        {
            return delta > 0 ? throw new KernelInvariantException($"increment of {kp}, which is gone") : long.MaxValue;
        }

        long count = Counter.Parse(text) + delta;
        if (count < 0)
        {
            throw new KernelInvariantException($"refCount underflow \"{kp}\"");
        }

        view.Put(Key(kp, ".refCount"), Counter.Text(count));
        return count;
    }

    internal long Count(KRef kp) => Counter.Get(view, Key(kp, ".refCount"), 0);

    /// <summary>Removes a settled promise.</summary>
    internal void Delete(KRef kp)
    {
        view.Delete(Key(kp, ".state"));
        view.Delete(Key(kp, ".value"));
        view.Delete(Key(kp, ".refCount"));
    }

    private static string Key(KRef kp, string suffix) => string.Create(CultureInfo.InvariantCulture, stackalloc char[48], $"kp{kp.Number}{suffix}");

    private static string QueueKey(KRef kp, string suffix) => string.Create(CultureInfo.InvariantCulture, stackalloc char[64], $"queue.kp{kp.Number}{suffix}");

    private List<string> ReadSubscribers(KRef kp)
    {
        string json = view.Get(Key(kp, ".subscribers")) ?? "[]";
        var ids = new List<string>();
        if (json.Length > 2)
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonElement id in document.RootElement.EnumerateArray())
            {
                ids.Add(id.GetString() ?? "");
            }
        }

        return ids;
    }

    private void WriteSubscribers(KRef kp, List<string> subscribers)
    {
        var text = new StringBuilder("[");
        foreach (string id in subscribers)
        {
            text.Append(text.Length == 1 ? "\"" : ",\"").Append(id).Append('"');
        }

        view.Put(Key(kp, ".subscribers"), text.Append(']').ToString());
    }
}
