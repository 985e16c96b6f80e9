using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Queue;

/// <summary>A run-queue item at its place in the queue.</summary>
internal sealed class QueuedItem(long position, RunQueueItem item)
{
    private Func<string>? _row;

    internal long Position => position;

    /// <summary>The whole item: read from its row each time if it was set aside.</summary>
    internal RunQueueItem Item => _row is null ? Head : WithSender(QueueJson.ReadItem(_row()));

    /// <summary>The vat that sent it, or null when that is not known or it is no message.</summary>
    internal VatId? Sender => (Head as SendItem)?.Message.Sender;

    /// <summary>The item as far as it is in memory: where it goes, what it refers to and its result, but perhaps not the text of its message.</summary>
    internal RunQueueItem Head { get; private set; } = item;

    /// <summary>Characters of its message, wherever they are.</summary>
    internal int Characters { get; } = item is SendItem send ? send.Message.Methargs.Body.Length : 0;

    /// <summary>Characters of its message that are in memory.</summary>
    internal int Length => Head is SendItem send ? send.Message.Methargs.Body.Length : 0;

    /// <summary>Dispatched: a lane has it, and it leaves the queue when that crank commits.</summary>
    internal bool IsTaken { get; set; }

    /// <summary>Where the index files it.</summary>
    internal Filing Filing { get; set; }

    private RunQueueItem WithSender(RunQueueItem item) => item is SendItem send ? send with { Message = send.Message with { Sender = Sender } } : item;

    /// <summary>Lets go of its message's text, which <paramref name="row"/> still has.</summary>
    internal void SetAside(Func<string> row)
    {
        if (Head is SendItem send)
        {
            Head = send with { Message = send.Message with { Methargs = send.Message.Methargs with { Body = "" } } };
            _row = row;
        }
    }
}

/// <summary>What an item waits for: a vat's lane, or (no vat) nothing; then <paramref name="Pending"/> is the unresolved promise it will join, if any.</summary>
internal readonly record struct Filing(VatId? Vat, KRef? Pending);
