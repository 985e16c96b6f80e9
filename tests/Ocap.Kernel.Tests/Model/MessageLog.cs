using System.Globalization;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Tests.Model;

/// <summary>Follows every message from its commit to its delivery, and says when order or number is wrong (invariants I5 and I6).</summary>
internal sealed class MessageLog
{
    private readonly Dictionary<int, Sent> _sent = [];
    private readonly Dictionary<(string Sender, KRef Reference, string Receiver), int> _lastOnReference = [];
    private readonly Dictionary<string, int> _lastDirect = [];
    private int _next;
    private int _commits;

    internal Action<string>? Trace { get; set; }

    internal List<string> Problems { get; } = [];

    internal int Deliveries { get; private set; }

    internal string NewBody(string sender) => string.Create(CultureInfo.InvariantCulture, $"#[\"m\",[\"{sender}\",{++_next}]]");

    /// <summary>Notes the messages that have been committed since last time, in queue order.</summary>
    internal void NoteCommitted(IEnumerable<QueuedItem> items)
    {
        foreach (QueuedItem item in items)
        {
            if (item.Item is SendItem send && Id(send.Message.Methargs.Body) is { } id && !_sent.ContainsKey(id.Number))
            {
                _sent.Add(id.Number, new Sent(send.Target, ++_commits));
                Trace?.Invoke($"commit {send.Message.Methargs.Body} -> {send.Target} at {item.Position}");
            }
        }
    }

    internal void Delivered(string receiver, string body)
    {
        Deliveries++;
        Trace?.Invoke($"deliver {body} to {receiver}");
        if (Id(body) is not { } id)
        {
            return;
        }

        if (!_sent.TryGetValue(id.Number, out Sent? sent))
        {
            Problems.Add($"{body} was delivered to {receiver} without having been committed");
            return;
        }

        if (sent.IsDelivered)
        {
            Problems.Add($"{body} was delivered twice");
        }

        sent.IsDelivered = true;
        Ordered(_lastOnReference, (id.Sender, sent.Reference, receiver), sent.Commit, $"{body} overtook another of its sender on {sent.Reference}");
        if (!sent.Reference.IsPromise)
        {
            Ordered(_lastDirect, receiver, sent.Commit, $"{body} overtook another direct message to {receiver}");
        }
    }

    /// <summary>A process has died: what it had not made durable never happened, so numbers start anew.</summary>
    internal void Crashed(IEnumerable<QueuedItem> left)
    {
        HashSet<int> alive = [.. left.Select(item => (item.Item as SendItem)?.Message.Methargs.Body).Select(body => body is null ? null : Id(body)?.Number).OfType<int>()];
        foreach (int number in _sent.Keys.ToArray())
        {
            if (!alive.Contains(number))
            {
                _sent.Remove(number);
            }
            else
            {
                _sent[number].IsDelivered = false;
            }
        }

        NamesStartAnew();
    }

    /// <summary>References and vats from here on are others, though they may be called the same.</summary>
    internal void NamesStartAnew()
    {
        _lastDirect.Clear();
        _lastOnReference.Clear();
    }

    private void Ordered<TKey>(Dictionary<TKey, int> last, TKey key, int commit, string problem)
        where TKey : notnull
    {
        if (last.TryGetValue(key, out int before) && before > commit)
        {
            Problems.Add(problem);
        }

        last[key] = commit;
    }

    private static (string Sender, int Number)? Id(string body)
    {
        if (!body.StartsWith("#[\"m\",[\"", StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = body[8..^2].Split("\",");
        return (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private sealed class Sent(KRef reference, int commit)
    {
        internal KRef Reference => reference;

        internal int Commit => commit;

        internal bool IsDelivered { get; set; }
    }
}
