using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Store;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel;

/// <summary>
/// The run loop: take the oldest item whose vat is idle → dispatch → (the vat executes elsewhere) → commit.
/// One thread at a time calls everything here; whoever sees to that calls <see cref="Pump"/> after each event until it says that nothing is left.
/// The rules it follows are K1–K23 of the design.
/// </summary>
public sealed partial class KernelLoop : ICrankEvents
{
    /// <summary>Steps in one pump, so that events get their turn.</summary>
    private const int StepsPerPump = 64;

    private readonly KernelCore _core;
    private readonly Dispatcher _dispatcher;

    /// <summary>A kernel over a store. Nothing happens before <see cref="Start"/>.</summary>
    public KernelLoop(IKernelStore store, IVatWorkerFactory workers, IOutsideWorld world, IKernelPowers powers, KernelOptions options)
    {
        _core = new KernelCore(store, workers, world, powers, options);
        _dispatcher = new Dispatcher(_core, this);
    }

    /// <summary>For tests.</summary>
    internal KernelCore Core => _core;

    /// <summary>Makes the first state, or takes up the stored one: the queue continues, vats come back when they are needed or when there is time.</summary>
    public void Start() => KernelStart.Run(_core);

    /// <summary>Does what can be done now, at most so many steps of it. True when there is more to do at once.</summary>
    public bool Pump(int steps = StepsPerPump)
    {
        bool more = false;
        for (int step = 0; step < steps; step++)
        {
            more = false;
            Guard("a step", () => more = Step());
            if (!more)
            {
                break;
            }
        }

        _core.Writer.WriteIfDue(_core.Gate.IsWaiting, isQuiet: !more && _core.Executing.Count == 0);
        _core.Gate.Release(_core.State.DurableCommit);
        return more || _core.Deferred.Count > 0;
    }

    /// <summary>One step: a deferred action, or one item dispatched, or one commit that needs no vat. False when nothing can be done now.</summary>
    private bool Step()
    {
        if (_core.Deferred.TryDequeue(out Action? action))
        {
            Guard("a deferred step", action);
            return true;
        }

        if (_core.Writer.MustPause || _core.IsStopping)
        {
            return false;
        }

        return _dispatcher.DispatchNext() || Tidy();
    }

    /// <summary>Work that waits for nobody: cleaning up after ended vats, letting old results go.</summary>
    private bool Tidy()
    {
        Commit commit = _core.Begin();
        if (_core.Kept.TryTakeExcess(out Refs.KRef excess))
        {
            Promises.KeptResults.LetGo(commit, excess);
        }
        else if (!VatLife.HasEndedVats(commit.Writes) || !VatLife.CleanUpNext(commit))
        {
            return false;
        }

        _core.Merge(commit);
        return true;
    }

    /// <inheritdoc />
    void ICrankEvents.Finished(Lane lane, CrankReport report)
    {
        Crank crank = TakeCrank(lane)!;
        if (!Guard($"the crank of {lane.Vat}", () => CrankEnd.Apply(_core, lane, crank, report)))
        {
            Guard($"giving up the crank of {lane.Vat}", () => CrankEnd.GiveUp(_core, lane, crank));
        }

        _core.Lanes.Update(lane.Vat, _core.Queue);
        _core.RunClosings();
    }

    /// <inheritdoc />
    void ICrankEvents.Lost(Lane lane, string reason, bool isSuspect)
    {
        Crank? crank = TakeCrank(lane);
        if (!Guard($"the loss of {lane.Vat}'s worker", () => HeapLoss.Apply(_core, lane, crank, reason, isSuspect)))
        {
            Guard($"giving up what {lane.Vat} executed", () => CrankEnd.GiveUp(_core, lane, crank ?? new Crank()));
        }

        _core.Lanes.Update(lane.Vat, _core.Queue);
        _core.RunClosings();
    }

    private Crank? TakeCrank(Lane lane)
    {
        Crank? crank = lane.Crank;
        lane.Crank = null;
        _core.Executing.Remove(lane);
        return crank;
    }

    /// <summary>The loop never dies: a broken invariant is logged and costs no more than the step it broke in. A store that cannot be read ends the process.</summary>
    private bool Guard(string what, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (KernelStoreException unreadable)
        {
            _core.Powers.Fatal(unreadable.Message);
        }
        catch (Exception broken)
        {
            _core.Powers.Log("error", $"Kernel invariant broken in {what}: {broken}");
        }

        return false;
    }
}
