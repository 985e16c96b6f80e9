using System.Globalization;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Queue;

/// <summary>
/// What each vat has sent that nobody has taken yet, in the run queue or waiting for a promise. All of it is kept on disk and its heads in memory, so it has a bound,
/// and whoever sends more is ended: to make it wait instead would stop two vats for ever that send to each other. Only in memory: what a process before this
/// one has left counts on nobody.
/// </summary>
internal sealed class Backlog(KernelOptions options)
{
    private readonly Dictionary<VatId, Sent> _bySender = [];
    private readonly Dictionary<KRef, SenderRuns> _waiting = [];

    /// <summary>What a vat has sent that nobody has taken yet.</summary>
    internal Sent Of(VatId vat) => _bySender.GetValueOrDefault(vat);

    /// <summary>The same of every vat that has sent something.</summary>
    internal IReadOnlyDictionary<VatId, Sent> All => _bySender;

    /// <summary>Why what a vat has just done cannot be kept, or null.</summary>
    internal string? Complaint(VatId vat, CrankReport report)
    {
        Sent sent = Of(vat) + Sent.By(report);
        return sent.Messages > options.BacklogMessages
            ? string.Create(CultureInfo.InvariantCulture, $"{sent.Messages} messages of this vat would wait to be delivered, and {options.BacklogMessages} may; send fewer before the answers come")
            : sent.Characters > options.BacklogCharacters
            ? string.Create(CultureInfo.InvariantCulture, $"messages of {sent.Characters} characters of this vat would wait to be delivered, and {options.BacklogCharacters} may; send less before the answers come")
            : null;
    }

    /// <summary>Who sent the oldest <paramref name="most"/> of the messages that wait for a promise; none if all of them count on nobody.</summary>
    internal List<VatId?> SendersTo(KRef promise, int most) => _waiting.TryGetValue(promise, out SenderRuns? runs) ? runs.Oldest(most) : [];

    /// <summary>A message is in the run queue.</summary>
    internal void Queued(QueuedItem item) => Charge(item.Sender, new Sent(1, item.Characters));

    /// <summary>A message has left the run queue.</summary>
    internal void Left(QueuedItem item) => Charge(item.Sender, new Sent(-1, -item.Characters));

    /// <summary>Messages wait for promises, behind so many others, or do no longer.</summary>
    internal void Merged(IReadOnlyList<(KRef Promise, Message Message, long Before)> deferred, IReadOnlyList<(KRef Promise, Message Message)> moved)
    {
        foreach ((KRef promise, Message message, long before) in deferred)
        {
            Defer(promise, message, before);
        }

        foreach ((KRef promise, Message message) in moved)
        {
            Move(promise, message);
        }
    }

    /// <summary>The state has been wiped.</summary>
    internal void Clear()
    {
        _bySender.Clear();
        _waiting.Clear();
    }

    private void Defer(KRef promise, Message message, long before)
    {
        if (!_waiting.TryGetValue(promise, out SenderRuns? runs))
        {
            if (message.Sender is null)
            {
                return;
            }

            _waiting[promise] = runs = new SenderRuns();
            runs.Add(null, before);
        }

        runs.Add(message.Sender, 1);
        Charge(message.Sender, new Sent(1, message.Methargs.Body.Length));
    }

    /// <summary>It was the oldest that waited there.</summary>
    private void Move(KRef promise, Message message)
    {
        if (_waiting.TryGetValue(promise, out SenderRuns? runs))
        {
            Charge(runs.Take(), new Sent(-1, -message.Methargs.Body.Length));
            if (runs.IsEmpty)
            {
                _waiting.Remove(promise);
            }
        }
    }

    private void Charge(VatId? sender, Sent more)
    {
        if (sender is { } vat)
        {
            Sent sum = Of(vat) + more;
            if (sum == default)
            {
                _bySender.Remove(vat);
            }
            else
            {
                _bySender[vat] = sum;
            }
        }
    }
}
