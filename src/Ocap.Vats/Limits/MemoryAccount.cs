using System.Diagnostics;

namespace Ocap.Vats.Limits;

/// <summary>
/// What one vat may hold of the heap that all vats share. The heap cannot be asked whose an object is, but two bounds follow from what can be measured:
/// between two full collections a vat cannot have kept more than it allocated, and it must have kept whatever the heap grew by beyond all that others allocated.
/// </summary>
internal sealed class MemoryAccount(MemoryWatch watch, VatLimits limits)
{
    private long _allocated;
    private long _drawn;
    private long _unseen;
    private long _inCrank;
    private long _inLife;

    // Since the last collection at which it had booked all but a little of what it had allocated: what it held for certain then, and the sums of what came after.
    private long _leastThen;
    private long _growthSince;
    private long _allocatedSince;
    private long _bookedSince;
    private Thread? _thread;
    private bool _hasTurn;
    private volatile bool _isRunning;
    private long _enteredAt;
    private volatile bool _hasRun;

    /// <summary>Called when the vat is ended while it may be idle, on any thread.</summary>
    internal Action? Struck { get; init; }

    /// <summary>Bytes that it may hold when all together hold too much.</summary>
    internal long Share => limits.RetainedPerVat;

    /// <summary>It holds more than it may hold however much room there is, for certain.</summary>
    internal bool IsOverCap => Least > limits.RetainedCap;

    /// <summary>It has allocated so much that it may have passed its cap since the last collection.</summary>
    internal bool MayBeOverCap => Possible > limits.RetainedCap && Volatile.Read(ref _allocated) >= watch.CapStepOf(limits.RetainedCap);

    /// <summary>Bytes that it holds for certain.</summary>
    internal long Least { get; private set; }

    /// <summary>Bytes that it cannot hold more of.</summary>
    internal long Most { get; private set; }

    /// <summary>Bytes that it once held for certain, less what the heap has lost since: what it holds now, if it has let nothing go that others took the place of.</summary>
    internal long Likely { get; private set; }

    /// <summary>Why the vat must end, or null.</summary>
    internal VatLimitException? Verdict { get; private set; }

    /// <summary>Whether it has the turn (see <see cref="MemoryWatch"/>).</summary>
    internal bool HasTurn => Volatile.Read(ref _hasTurn);

    /// <summary>For how long it may still wait for the turn in this crank.</summary>
    internal TimeSpan Patience { get; set; }

    /// <summary>Bytes that it is known to have allocated since the accounts were settled.</summary>
    internal long Booked => Volatile.Read(ref _allocated);

    /// <summary>It has allocated so much since it began that what it leaves is worth giving back to the system.</summary>
    internal bool HasAllocatedMuch => Volatile.Read(ref _inLife) >= MemoryWatch.MuchInACrank;

    /// <summary>So it does in the crank that it executes.</summary>
    internal bool AllocatesMuch => _inCrank >= MemoryWatch.MuchInACrank;

    /// <summary>Bytes that it may hold now.</summary>
    internal long Possible => Most + Booked;

    /// <summary>The thread that executed its latest crank, when what it allocated may have made the buffers large that the runtime and the engine keep for each thread.</summary>
    internal Thread? LastThread => HasAllocatedMuch ? _thread : null;

    /// <summary>It executes a crank.</summary>
    internal bool IsRunning => _isRunning;

    /// <summary>For how long it has executed the crank that it executes, in ticks of the stopwatch; 0 when it executes none.</summary>
    internal long RunningFor => _isRunning ? Stopwatch.GetTimestamp() - Volatile.Read(ref _enteredAt) : 0;

    /// <summary>A crank begins.</summary>
    internal void Enter()
    {
        _thread = Thread.CurrentThread;
        Volatile.Write(ref _enteredAt, Stopwatch.GetTimestamp());
        _isRunning = true;
        _hasRun = true;
        _inCrank = 0;
        Patience = MemoryWatch.TurnPatience;
    }

    /// <summary>Books what the vat allocated, on its own thread; every few MiB it looks at the heap. A verdict means that the vat must stop.</summary>
    internal VatLimitException? Book(long bytes)
    {
        Interlocked.Add(ref _allocated, bytes);
        _unseen += bytes;
        _inCrank += bytes;
        _inLife += bytes;
        if (_unseen >= MemoryWatch.LookEvery)
        {
            _unseen = 0;
            watch.Look(this);
        }

        return Verdict;
    }

    /// <summary>
    /// Native code that works for the vat holds so many bytes more, in a crank; or fewer when negative, whenever. They count as what the vat allocates and holds.
    /// </summary>
    internal void HoldNative(long bytes)
    {
        watch.HoldNative(bytes);
        if (bytes > 0)
        {
            Book(bytes);
        }
    }

    /// <summary>The crank is over.</summary>
    internal void Leave(long bytes)
    {
        Book(bytes);
        watch.GiveTurn(this);
        _isRunning = false;
        if (_inCrank >= MemoryWatch.MuchInACrank)
        {
            watch.Rest();
        }

        if (_inCrank >= YoungHeap.Worthwhile)
        {
            watch.MayHaveGrown();
        }
    }

    /// <summary>Another part of the vat needs a full collection: what it shows is not lost.</summary>
    internal void Collect() => watch.Collect();

    /// <inheritdoc cref="MemoryWatch.CollectSoon"/>
    internal Task CollectSoon() => watch.CollectSoon();

    /// <inheritdoc cref="MemoryWatch.CollectionPatience"/>
    internal TimeSpan CollectionPatience => watch.CollectionPatience;

    internal void TakeTurn() => Volatile.Write(ref _hasTurn, true);

    /// <summary>True for the one caller that takes the turn away.</summary>
    internal bool LoseTurn() => Interlocked.Exchange(ref _hasTurn, false);

    /// <summary>The vat's thread is stuck: nobody shall wait for it.</summary>
    internal void Abandon() => watch.GiveTurn(this);

    /// <summary>The vat has ended.</summary>
    /// <param name="heap">The root of what it held, or null when it never had anything.</param>
    internal void Close(object? heap) => watch.Close(this, heap);

    /// <summary>After a full collection: what has been booked since the last one, in bytes. What is booked from now on belongs to the next.</summary>
    internal long Draw() => _drawn = Interlocked.Exchange(ref _allocated, 0);

    /// <summary>Draws the bounds anew, by what was booked when <see cref="Draw"/> was called.</summary>
    /// <param name="heap">What the collection left, in bytes.</param>
    /// <param name="growth">How much more that is than after the previous one.</param>
    /// <param name="allocated">What the whole process allocated in between.</param>
    /// <param name="unbooked">What of that a vat in the middle of a crank may have allocated without having booked it yet.</param>
    internal void Settle(long heap, long growth, long allocated, long unbooked)
    {
        long own = _drawn;
        long late = _isRunning ? unbooked : 0;
        Most = Math.Min(Most + own + late, heap);

        // One operation can allocate hundreds of MiB before they are booked: what was allocated before a collection and booked after it must not count twice.
        _growthSince += growth;
        _allocatedSince += allocated;
        _bookedSince += own;
        long others = _allocatedSince - Math.Min(_bookedSince, _allocatedSince);

        // A vat that has not run has let nothing go.
        Least = Math.Min(Most, Math.Max(_hasRun ? 0 : Least, _leastThen + _growthSince - others));
        if (late <= MemoryWatch.LookEvery)
        {
            (_leastThen, _growthSince, _allocatedSince, _bookedSince) = (Least, 0, 0, 0);
        }

        Likely = Math.Max(Least, Likely + Math.Min(0, growth));
        _hasRun = _isRunning;
    }

    internal void Strike(VatLimitException verdict)
    {
        Verdict = verdict;
        Struck?.Invoke();
    }
}
