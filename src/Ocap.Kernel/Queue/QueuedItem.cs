namespace Ocap.Kernel.Queue;

/// <summary>A run-queue item at its place in the queue.</summary>
internal sealed class QueuedItem(long position, RunQueueItem item)
{
    internal long Position => position;

    internal RunQueueItem Item => item;

    /// <summary>Dispatched: a lane has it, and it leaves the queue when that crank commits.</summary>
    internal bool IsTaken { get; set; }

    /// <summary>Where the index files it.</summary>
    internal Filing Filing { get; set; }
}

/// <summary>What an item waits for: a vat's lane, or (no vat) nothing; then <paramref name="Pending"/> is the unresolved promise it will join, if any.</summary>
internal readonly record struct Filing(Refs.VatId? Vat, Refs.KRef? Pending);
