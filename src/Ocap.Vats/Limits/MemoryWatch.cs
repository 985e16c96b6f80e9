using System.Diagnostics;

namespace Ocap.Vats.Limits;

/// <summary>
/// Watches what the vats of this process hold together. Looking costs next to nothing and happens on the vats' own threads as they allocate; each time the heap
/// has grown by a step, one of them makes a full collection, and the accounts are settled. Past the limit for all, the vat that certainly holds more than its
/// own limit is ended. When several allocate at once, none can be told from the others; so above half of the limit those that allocate much take turns.
/// <para>
/// What this cannot tell: which of many vats has kept a little in each of many cranks, while others allocated more than it kept. Such a heap may grow past the
/// limit by one or two vats' share; then of those that can be guilty the one that once held most for certain is ended, and the next collection shows whether
/// that was the one.
/// A vat that cannot hold more than its own limit is never ended.
/// </para>
/// </summary>
internal sealed class MemoryWatch
{
    /// <summary>Bytes that a vat allocates between two looks at the heap.</summary>
    internal const long LookEvery = 4 << 20;

    /// <summary>Bytes that make a crank one that allocates much.</summary>
    internal const long MuchInACrank = 64 << 20;

    /// <summary>Bytes that a vat with a cap of its own allocates at least between two collections made for the cap's sake.</summary>
    private const long CapStep = 16 << 20;

    /// <summary>A vat that may have held more than this is collected at once when it has ended; several that come to it together, when no more end.</summary>
    private const long WorthCollecting = 32 << 20;

    /// <summary>When the heap has more than this from the system without using it, that is given back: a collection alone does not.</summary>
    private const long WorthReturning = 48 << 20;

    /// <summary>How long a vat waits for turns in one crank: less than what a watchdog without a clock of CPU time would take for a runaway.</summary>
    internal static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(10);

    // Long enough for the kernel to let go of a vat that has just ended, and for others that end with it.
    private static readonly TimeSpan ReclaimDelay = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan SecondDelay = TimeSpan.FromSeconds(2);

    // Of a vat that has not ended: who allocates much is likely to do so again.
    private static readonly TimeSpan RestDelay = TimeSpan.FromSeconds(1);

    // Between two that nothing shows to be worth it.
    private static readonly TimeSpan UnseenDelay = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan PostponedBy = TimeSpan.FromMilliseconds(20);

    private readonly VatLimits _limits;
    private readonly Lock _lock = new();

    // Held for a collection and the settlement that follows, so that they come in the same order. Taken before the other lock.
    private readonly Lock _collecting = new();
    private readonly List<MemoryAccount> _accounts = [];

    private readonly List<DepartedVat> _departed = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Timer _reclaim;
    private readonly YoungHeap _young;
    private MemoryAccount? _lastTurn;

    // One that is wanted and has not begun.
    private Task? _collection;
    private bool _reclaimIsDue;
    private bool _isFirstReclaim;
    private int _postponements;
    private int _reclaims;
    private readonly long _others;
    private long _heap;
    private long _allocated;
    private long _native;
    private long _nativeEver;

    // Bytes that vats which have ended since the accounts were settled had booked until then: nobody else's.
    private long _bookedByEnded;

    // Bytes that vats which have ended since the last reclaim may have held.
    private long _left;

    // What the heap held at the last reclaim, and when that was, in milliseconds of the system's clock.
    private long _atRest;
    private long _reclaimedAt;

    internal MemoryWatch(VatLimits limits)
    {
        _limits = limits;
        _young = new YoungHeap(IsAnyRunning);
        _reclaim = new Timer(static self => ((MemoryWatch)self!).Reclaim(), this, Timeout.Infinite, Timeout.Infinite);

        // Garbage included, which errs to the vats' advantage.
        _heap = _others = _atRest = GC.GetTotalMemory(forceFullCollection: false);
        _allocated = GC.GetTotalAllocatedBytes();
    }

    /// <summary>For how long a vat waits for a collection that goes on beside it: a message that comes meanwhile waits as long.</summary>
    internal TimeSpan CollectionPatience { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>For how long a reclaim waits for a moment in which no vat runs: it stops all threads, and for longer the deeper their stacks are.</summary>
    internal TimeSpan QuietPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often what vats had left was given back to the system.</summary>
    internal int Reclaims => Volatile.Read(ref _reclaims);

    private long Step => _limits.RetainedPerVat / 4;

    /// <summary>
    /// Bytes that a vat with this cap may allocate before its heap is looked at again: a quarter of the cap. A collection costs what the whole heap holds, so it
    /// must pay for itself: no more often than each time a quarter of that has been allocated.
    /// </summary>
    internal long CapStepOf(long cap) => Math.Max(CapStep, Math.Max(cap, Volatile.Read(ref _heap)) / 4);

    /// <summary>Opens the account of a new vat, which may have limits of its own. <paramref name="struck"/> is called when it is ended, on any thread.</summary>
    internal MemoryAccount Open(Action? struck = null, VatLimits? limits = null)
    {
        var account = new MemoryAccount(this, limits ?? _limits) { Struck = struck };
        lock (_lock)
        {
            _accounts.Add(account);
        }

        return account;
    }

    /// <summary>A vat has ended. What it held is given back to the system soon, by a thread that nobody waits for.</summary>
    /// <param name="account">The vat's.</param>
    /// <param name="heap">The root of what the vat held, or null when it never had anything.</param>
    internal void Close(MemoryAccount account, object? heap)
    {
        GiveTurn(account);
        lock (_lock)
        {
            if (!_accounts.Remove(account))
            {
                return;
            }

            Interlocked.CompareExchange(ref _lastTurn, null, account);
            long possible = account.Possible;
            if (heap is not null && possible > 0)
            {
                _departed.Add(new DepartedVat(account, heap));
            }

            _left += possible;
            _bookedByEnded += account.Draw();

            // What it held may have been found to be garbage already, in the same crank; that does not give it back.
            if ((possible >= WorthCollecting || account.HasAllocatedMuch) && !_reclaimIsDue)
            {
                (_reclaimIsDue, _isFirstReclaim) = (true, true);
                _reclaim.Change(ReclaimDelay, Timeout.InfiniteTimeSpan);
            }
            else if (_left >= WorthCollecting && !_reclaimIsDue)
            {
                _reclaim.Change(SecondDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Looks at the heap, and measures it when it has changed by a step.</summary>
    internal void Look(MemoryAccount account)
    {
        long heap = Estimate();
        bool isNext = heap > _limits.RetainedInAll / 2 && TryTakeTurn(account);
        if (!IsDue(heap) && !account.MayBeOverCap && !(isNext && heap > _limits.RetainedInAll))
        {
            return;
        }

        // While there is room enough, nobody waits for a measurement that takes long.
        if (!account.AllocatesMuch && !account.MayBeOverCap && heap <= _limits.RetainedInAll / 2 && !FullCollection.IsShort)
        {
            CollectBeside();
            return;
        }

        // Who has allocated much waits while another measures; no other vat has to.
        if (account.AllocatesMuch || isNext || account.MayBeOverCap)
        {
            _collecting.Enter();
        }
        else if (!_collecting.TryEnter())
        {
            return;
        }

        try
        {
            // Another thread may have measured while this one waited. When the turn changes hands past the limit, what comes next shall be this vat's alone.
            if (isNext || account.MayBeOverCap || IsDue(Estimate()))
            {
                Settle(Collected(), account);
            }
        }
        finally
        {
            _collecting.Exit();
        }

        if (!isNext)
        {
            GiveTurn(account);
        }
    }

    /// <summary>Makes a full collection for another reason, and settles the accounts by it.</summary>
    internal void Collect()
    {
        lock (_collecting)
        {
            Settle(Collected());
        }
    }

    /// <summary>The same on another thread. One collection is enough for all that are asked for before it begins.</summary>
    internal Task CollectSoon()
    {
        lock (_lock)
        {
            return _collection ??= Task.Run(() =>
            {
                lock (_collecting)
                {
                    lock (_lock)
                    {
                        _collection = null;
                    }

                    Settle(Collected());
                }
            });
        }
    }

    /// <summary>The same, unless one goes on already.</summary>
    private void CollectBeside()
    {
        if (_collecting.TryEnter())
        {
            _collecting.Exit();
            _ = CollectSoon();
        }
    }

    /// <inheritdoc cref="YoungHeap.MayHaveGrown"/>
    internal void MayHaveGrown() => _young.MayHaveGrown();

    /// <summary>
    /// A crank that allocated much has ended. When a while has passed without another, what the heap does not use is given back to the system; and what it may
    /// have held for this crank only, since nobody else may come to look for long. Where the measures show nothing of that, it is done all the same, only not as often:
    /// what the runtime has set aside to be given back counts in none of them, and may stay there until the next collection.
    /// </summary>
    internal void Rest()
    {
        lock (_lock)
        {
            if (_reclaimIsDue)
            {
                return;
            }

            long held = LastLeft();
            long since = GC.GetTotalMemory(forceFullCollection: false) - Math.Min(held, _atRest);
            bool isSeen = Math.Max(Unused, since) >= Math.Max(WorthReturning, Math.Min(held, _atRest) / 4);
            TimeSpan sinceLast = TimeSpan.FromMilliseconds(Environment.TickCount64 - _reclaimedAt);
            _reclaim.Change(isSeen || sinceLast > UnseenDelay ? RestDelay : UnseenDelay - sinceLast + RestDelay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Native code of the vats holds so many bytes more, or fewer when negative. They count as the heap does, which knows nothing of them. Any thread.</summary>
    internal void HoldNative(long bytes)
    {
        Interlocked.Add(ref _native, bytes);
        Interlocked.Add(ref _nativeEver, Math.Max(0, bytes));
    }

    internal void GiveTurn(MemoryAccount account)
    {
        if (account.LoseTurn())
        {
            _turn.Release();
        }
    }

    /// <summary>Bytes that the heap had from the system and did not use after the last collection.</summary>
    private static long Unused => GC.GetGCMemoryInfo(GCKind.Any) is var info ? info.TotalCommittedBytes - info.HeapSizeBytes + info.FragmentedBytes : 0;

    /// <summary>
    /// The heap as the last collection of any kind left it. Large objects can pile up for long without a collection; so what has come since counts too,
    /// beyond what ordinary garbage comes to between two of them: a quarter of the vats' room.
    /// </summary>
    private long Estimate() => Math.Max(
        LastLeft() + Volatile.Read(ref _native),
        GC.GetTotalMemory(forceFullCollection: false) + Volatile.Read(ref _native) - Math.Max(LookEvery, (_limits.RetainedInAll - _others) / 4));

    private static long LastLeft() => GC.GetGCMemoryInfo(GCKind.Any) is var info ? info.HeapSizeBytes - info.FragmentedBytes : 0;

    private bool IsDue(long heap)
    {
        long known = Volatile.Read(ref _heap);

        // What was there before the first vat is no vat's: it makes collections longer, not what they are about.
        long step = known > _limits.RetainedInAll ? Step : Math.Max(Step, (known - _others) / 4);
        return heap >= known + step || heap <= known - step;
    }

    /// <summary>Waits for the turn, not for ever: it makes measurements sharper, nothing else depends on it. True when it has just been taken after another vat had it.</summary>
    private bool TryTakeTurn(MemoryAccount account)
    {
        if (account.HasTurn || account.Patience <= TimeSpan.Zero)
        {
            return false;
        }

        long start = Stopwatch.GetTimestamp();
        bool isTaken = _turn.Wait(account.Patience);
        account.Patience -= Stopwatch.GetElapsedTime(start);
        if (!isTaken)
        {
            return false;
        }

        account.TakeTurn();
        return Interlocked.Exchange(ref _lastTurn, account) != account;
    }

    private bool IsAnyRunning()
    {
        lock (_lock)
        {
            return _accounts.Exists(static account => account.IsRunning);
        }
    }

    private void Reclaim()
    {
        if (IsAnyRunning() && PostponedBy * _postponements++ < QuietPatience)
        {
            _reclaim.Change(PostponedBy, Timeout.InfiniteTimeSpan);
            return;
        }

        _postponements = 0;
        lock (_collecting)
        {
            lock (_lock)
            {
                (_reclaimIsDue, _left) = (false, 0);
            }

            // A heap that is still large is not to be compacted for what others left of it.
            FullCollection collection = Collected();
            Settle(collection.IsSmall ? FullCollection.MakeThorough() : collection);
            Interlocked.Increment(ref _reclaims);
            lock (_lock)
            {
                (_atRest, _reclaimedAt) = (LastLeft(), Environment.TickCount64);
                if (_isFirstReclaim)
                {
                    // On a busy machine the thread of the vat that ended may still have been there, and held what the engine keeps for each thread.
                    _isFirstReclaim = false;
                    _reclaim.Change(SecondDelay, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }

    private FullCollection Collected()
    {
        lock (_lock)
        {
            _departed.ForEach(static vat => vat.Look());
        }

        return FullCollection.Make();
    }

    /// <param name="collection">What has been collected just now.</param>
    /// <param name="looking">The vat on whose thread this happens: it has booked all that it allocated.</param>
    private void Settle(FullCollection collection, MemoryAccount? looking = null)
    {
        lock (_lock)
        {
            Settle(collection.Least + Volatile.Read(ref _native), collection.Most + Volatile.Read(ref _native), Gone(collection), looking);
        }
    }

    private void Settle(long least, long most, long gone, MemoryAccount? looking)
    {
        // Where the measure has two bounds, the heap grew by what it did for certain: so far as it is about who must hold what, an error is to the vats' advantage.
        long growth = least - (_heap - gone);

        // First what each has booked, then what all have allocated: a vat that books in between would seem to have allocated what others did.
        long booked = _bookedByEnded;
        _bookedByEnded = 0;
        foreach (MemoryAccount account in _accounts)
        {
            booked += account.Draw();
        }

        long allocated = GC.GetTotalAllocatedBytes() + Volatile.Read(ref _nativeEver);
        long since = allocated - _allocated;

        // What nobody has booked may be the doing of any vat that runs: one operation of the engine can allocate hundreds of MiB.
        long unbooked = since - booked;
        foreach (MemoryAccount account in _accounts)
        {
            account.Settle(most, growth, since, account == looking ? 0 : Math.Max(0, unbooked));
        }

        Volatile.Write(ref _heap, most);
        _allocated = allocated;
        foreach (MemoryAccount account in _accounts.ToArray())
        {
            if (account.IsOverCap && account.Verdict is null)
            {
                account.Strike(new VatLimitException(VatLimitException.Memory, $"the vat held {account.Least >> 20} MiB of memory, more than its limits allow"));
            }
        }

        // What vats that have ended may still hold is about to go.
        long heap = least - _departed.Sum(static vat => vat.Possible);
        if (heap > _limits.RetainedInAll && !_accounts.Exists(static account => account.Verdict is not null) && Culprit(heap) is { } culprit)
        {
            culprit.Strike(Verdict(culprit, heap));
        }
    }

    /// <summary>
    /// Bytes that the collection just made took from vats that have ended. Only what is seen to be gone counts: while something still holds the heap of such a
    /// vat, that would be taken for growth, and for the growth of another. If there has been another full collection since, it is not known which one took what.
    /// </summary>
    private long Gone(FullCollection collection)
    {
        long gone = 0;
        if (collection.IsLatest)
        {
            _departed.RemoveAll(vat =>
            {
                gone += vat.IsGone ? vat.Least : 0;
                return vat.IsGone;
            });
        }

        return gone;
    }

    /// <summary>
    /// Proof at first; a vat's share further on, some evidence; yet a share further on, any that can be guilty. Where nothing tells them apart, since one is in the
    /// middle of an operation that has not been booked, it is the one that has been at it longest.
    /// </summary>
    private MemoryAccount? Culprit(long heap)
    {
        long margin = _limits.RetainedPerVat;
        long over = heap - _limits.RetainedInAll;
        long evidence = over > 2 * margin ? -1 : Step / 2;
        return _accounts
            .Where(account => over > margin ? account.Most > account.Share && account.Likely > evidence : account.Least > account.Share)
            .MaxBy(static account => (account.Likely, account.Most, account.RunningFor));
    }

    private VatLimitException Verdict(MemoryAccount culprit, long heap) => new(
        VatLimitException.Memory,
        culprit.Least > culprit.Share
            ? $"the vat held {culprit.Least >> 20} MiB of memory; when all vats together hold more than {_limits.RetainedInAll >> 20} MiB, one may hold {culprit.Share >> 20} MiB"
            : $"all vats together held {heap >> 20} MiB of memory, more than the {_limits.RetainedInAll >> 20} MiB there are for them, and this one was the likeliest to hold too much");
}
