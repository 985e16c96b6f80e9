using Ocap.Kernel.Batches;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Cranks.Large;
using Ocap.Kernel.Gc;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Output;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;
using Ocap.Kernel.Services;
using Ocap.Kernel.Services.Io;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel;

/// <summary>What the loop and the operations share: the state, the queue, the lanes, and how a commit becomes part of them.</summary>
internal sealed class KernelCore
{
    private long _arrivals;

    internal KernelCore(IKernelStore store, IVatWorkerFactory workers, IOutsideWorld world, IKernelPowers powers, KernelOptions options)
    {
        Powers = powers;
        Options = options;
        Workers = workers;
        World = world;
        State = new CommittedState(store);
        Queue = new RunQueue(State.Get);
        Backlog = new Backlog(options);
        Forwarding = new Forwarding(View());
        Writer = new BatchWriter(State, store, powers, options);
        Kept = new KeptResults(options.KeptResults);
        Cleanup = new Cleanup(this);
        LostAnswers = new LostAnswers(this);
        Reaping = new Reaping(this);
        LargeCranks = new LargeCranks(this);
        LongReports = new LongReports(options.LongReports);
        Settlements = new SealedSettlements(this);
        LateStarts = new LateStarts(this);
        Calls = new ServiceCalls(this);
        Io = new IoChannels(this);
    }

    internal IKernelPowers Powers { get; }

    internal KernelOptions Options { get; }

    internal IVatWorkerFactory Workers { get; }

    internal IOutsideWorld World { get; }

    internal CommittedState State { get; }

    internal RunQueue Queue { get; }

    /// <summary>What each vat has sent that nobody has taken yet.</summary>
    internal Backlog Backlog { get; }

    /// <summary>Where committed promises lead.</summary>
    internal Forwarding Forwarding { get; }

    internal LaneTable Lanes { get; } = new();

    /// <summary>What vats are to be told about unreachable objects.</summary>
    internal GcActionSet Gc { get; } = new();

    /// <summary>When vats are asked for their dead.</summary>
    internal Reaping Reaping { get; }

    /// <summary>Cranks that are committed in pieces.</summary>
    internal LargeCranks LargeCranks { get; }

    /// <summary>Room for reports that are long. Any thread may wait there.</summary>
    internal LongReports LongReports { get; }

    /// <summary>Promises that settle when what waits for them has moved on.</summary>
    internal SealedSettlements Settlements { get; }

    /// <summary>Vats that are started again later.</summary>
    internal LateStarts LateStarts { get; }

    internal OutputGate Gate { get; } = new();

    internal BatchWriter Writer { get; }

    internal KeptResults Kept { get; }

    internal Cleanup Cleanup { get; }

    /// <summary>What ended vats owed.</summary>
    internal LostAnswers LostAnswers { get; }

    /// <summary>The kernel's own objects. Set before the start.</summary>
    internal ServiceTable Services { get; set; } = new([]);

    /// <summary>Calls of services under way.</summary>
    internal ServiceCalls Calls { get; }

    /// <summary>The IO channels of living subclusters.</summary>
    internal IoChannels Io { get; }

    /// <summary>Who waits, outside the store, for a promise to settle. Called in the commit's wake, on the kernel thread.</summary>
    internal Dictionary<KRef, Action<bool, Marshal.CapData>> Waiters { get; } = [];

    /// <summary>Lanes whose <c>startVat</c> somebody waits for, oldest first.</summary>
    internal Queue<Lane> WantedStarts { get; } = new();

    /// <summary>Operations that wait for lanes to come to rest.</summary>
    internal List<Closing> Closings { get; } = [];

    /// <summary>What runs next on the kernel thread.</summary>
    internal Queue<Action> Deferred { get; } = new();

    /// <summary>Lanes with a crank under way, oldest first.</summary>
    internal List<Lane> Executing { get; } = [];

    internal List<Launch> Launches { get; } = [];

    /// <summary>Called after each commit; for tests.</summary>
    internal Action<Commit>? Committed { get; set; }

    /// <summary>Set once the kernel takes no more work.</summary>
    internal bool IsStopping { get; set; }

    /// <summary>A view for reading only.</summary>
    internal WriteSet View() => new(State);

    internal Commit Begin(WriteSet? prepared = null) => new(State, Queue, Backlog, Waiters.ContainsKey, Options.PieceParts, Options.PieceCharacters, prepared);

    /// <summary>Makes a commit part of the state: the one place where caches, lengths and indexes change.</summary>
    internal void Merge(Commit commit)
    {
        GarbageCollector.Collect(commit, Lanes);
        if (commit.GcAdded.Count > 0 || commit.GcRemoved.Count > 0)
        {
            Gc.Write(commit.Writes, commit.GcAdded, commit.GcRemoved);
        }

        commit.Finish();
        if (commit.Writes.IsEmpty)
        {
            return;
        }

        State.Merge(commit.Writes);
        var touched = new HashSet<VatId>();
        foreach (QueuedItem item in commit.Consumed)
        {
            Note(touched, item);
            Queue.Remove(item);
            Backlog.Left(item);
        }

        WriteSet view = View();
        foreach (QueuedItem item in commit.Added)
        {
            Queue.Add(item, Router.FilingOf(view, item.Head, Forwarding, Lanes.IsLive));
            Backlog.Queued(item);
            Note(touched, item);
        }

        Backlog.Merged(commit.Deferred, commit.Moved);
        foreach ((KRef promise, bool _, Marshal.CapData _) in commit.Settled)
        {
            foreach (QueuedItem item in Queue.LeadingTo(promise))
            {
                Queue.Refile(item, Router.FilingOf(view, item.Head, Forwarding, Lanes.IsLive));
                Note(touched, item);
            }
        }

        foreach (VatId vat in touched)
        {
            Lanes.Update(vat, Queue);
        }

        Gc.Merged(commit.GcAdded, commit.GcRemoved);
        Committed?.Invoke(commit);
        Kept.Merged(commit.KeptResults);
        Settlements.Merged(commit.Sealed);
        LostAnswers.Merged(commit.Owing);
        Calls.Merged(commit.Called);
        foreach (SubclusterId ended in commit.EndedSubclusters)
        {
            Io.End(ended);
        }

        foreach ((KRef promise, bool rejected, Marshal.CapData value) in commit.Settled)
        {
            if (Waiters.Remove(promise, out Action<bool, Marshal.CapData>? waiter))
            {
                Defer(() => waiter(rejected, value));
            }
        }
    }

    /// <summary>Runs something on the kernel thread soon, outside of whatever commit is being merged now.</summary>
    internal void Defer(Action action) => Deferred.Enqueue(action);

    /// <summary>The number of the next event from outside: they are taken in the order they came.</summary>
    internal long NextArrival() => ++_arrivals;

    /// <summary>Asks the outside world for what a crank asked for that has just been committed (K17).</summary>
    internal void BeginOutside(Lane lane, Vats.CrankReport report)
    {
        if (report.Outside.Count > 0)
        {
            lane.Outside.Begin(report.Outside, request => Gate.Add(State.NewestCommit, request));
        }
    }

    /// <summary>Closes lanes, lets their running cranks come to an end, then runs <paramref name="then"/> and opens them again (K11).</summary>
    internal void WhenIdle(IEnumerable<Lane> lanes, Action then)
    {
        var closing = new Closing([.. lanes], then);
        foreach (Lane lane in closing.Lanes)
        {
            lane.Closers++;
            Lanes.Update(lane.Vat, Queue);
        }

        Closings.Add(closing);
        RunClosings();
    }

    /// <summary>The same for a request, which is answered also when <paramref name="then"/> breaks.</summary>
    internal void WhenIdle<T>(IEnumerable<Lane> lanes, Action<Api.Answer<T>> answer, Action then) => WhenIdle(lanes, () => Attempt(answer, then));

    /// <summary>Does something that answers a request when it comes to its end. When it breaks, the request is answered with a failure here.</summary>
    internal void Attempt<T>(Action<Api.Answer<T>> answer, Action run)
    {
        try
        {
            run();
        }
        catch (KernelStoreException unreadable)
        {
            Powers.Fatal(unreadable.Message);
            answer(Api.Answer<T>.Fail(unreadable.Message));
        }
        catch (Exception broken)
        {
            Powers.Log("error", $"Kernel invariant broken in a request: {broken}");
            answer(Api.Answer<T>.Fail("The kernel could not do this; see the daemon's log."));
        }
    }

    /// <summary>Runs the closings whose lanes have all come to rest.</summary>
    internal void RunClosings()
    {
        for (int i = 0; i < Closings.Count; i++)
        {
            Closing closing = Closings[i];
            if (closing.Lanes.TrueForAll(static lane => lane.Crank is null))
            {
                Closings.RemoveAt(i--);
                Defer(() => Run(closing));
            }
        }
    }

    /// <summary>Tells who waits outside for a promise that cannot be settled any more.</summary>
    internal void TellWaiter(KRef promise, Marshal.CapData reason)
    {
        if (Waiters.Remove(promise, out Action<bool, Marshal.CapData>? waiter))
        {
            Defer(() => waiter(true, reason));
        }
    }

    /// <summary>Lets an answer out when everything committed so far is durable.</summary>
    internal void Answer(Action output) => Gate.Add(State.NewestCommit, output);

    /// <summary>
    /// Takes a vat out of memory after the commit that ended it. What waited for it goes to whoever takes messages for nobody; that needs no look at where each leads:
    /// it led to this vat, for good.
    /// </summary>
    internal void Forget(Lane lane)
    {
        lane.EndWorker();
        lane.State = LaneState.Ended;
        lane.TellStarters("it was terminated meanwhile", Defer);
        Lanes.Remove(lane);
        foreach (QueuedItem item in Queue.WaitingFor(lane.Vat))
        {
            Queue.Refile(item, default);
        }
    }

    private void Run(Closing closing)
    {
        try
        {
            closing.Then();
        }
        finally
        {
            foreach (Lane lane in closing.Lanes)
            {
                lane.Closers--;
                Lanes.Update(lane.Vat, Queue);
            }
        }
    }

    private static void Note(HashSet<VatId> touched, QueuedItem item)
    {
        if (item.Filing.Vat is { } vat)
        {
            touched.Add(vat);
        }
    }
}
