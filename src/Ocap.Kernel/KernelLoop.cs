using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Services;
using Ocap.Kernel.Services.Facet;
using Ocap.Kernel.Store;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Urls;
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

    /// <summary>Steps that break one after another before the loop waits for something else to happen.</summary>
    private const int MostBrokenSteps = 16;

    private readonly KernelCore _core;
    private readonly Dispatcher _dispatcher;
    private int _brokenSteps;

    /// <summary>A kernel over a store. Nothing happens before <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentException">Two services, or two system subclusters, have one name.</exception>
    public KernelLoop(IKernelStore store, IVatWorkerFactory workers, IOutsideWorld world, IKernelPowers powers, KernelOptions options)
    {
        SystemSubclusters.RequireDistinct(options.SystemSubclusters);
        _core = new KernelCore(store, workers, world, powers, options);
        _core.Services = new ServiceTable(
        [
            new KernelServiceRegistration(OcapUrlIssuer.Name, new OcapUrlIssuer(_core)),
            new KernelServiceRegistration(OcapUrlRedeemer.Name, new OcapUrlRedeemer(_core)),
            new KernelServiceRegistration(KernelFacet.Name, new KernelFacet(_core, this), IsSystemOnly: true),
            .. options.Services,
        ]);
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
            if (Guard("a step", () => more = Step()))
            {
                _brokenSteps = 0;
            }
            else
            {
                // What it broke on may be out of the way now, and others must not wait for the next event.
                more = ++_brokenSteps < MostBrokenSteps;
            }

            if (!more)
            {
                break;
            }
        }

        // Once a pump, so that events get their turn between two pieces of it.
        if (!more || _core.Cleanup.IsAwaited)
        {
            Guard("tidying up", () => more |= Tidy());
        }

        Guard("writing", () => _core.Writer.WriteIfDue(_core.Gate.IsWaiting || IsInPieces, isQuiet: !more && _core.Executing.Count == 0));
        _core.Gate.Release(_core.State.DurableCommit, broken => _core.Powers.Log("error", $"Something could not leave the kernel: {broken}"));
        return more || _core.Deferred.Count > 0;
    }

    /// <summary>One step: a deferred action, a piece of what is done in pieces, or one item dispatched, or one commit that needs no vat. False when nothing can be done now.</summary>
    private bool Step()
    {
        if (_core.Deferred.TryDequeue(out Action? action))
        {
            Guard("a deferred step", action);
            return true;
        }

        if (_core.LargeCranks.Step() || _core.Settlements.Step() || _core.LostAnswers.Step())
        {
            return true;
        }

        return CanWork && (_core.LateStarts.Step() || _dispatcher.DispatchNext());
    }

    /// <summary>Something is done in pieces, each of which waits for the one before it to be on disk.</summary>
    private bool IsInPieces => _core.LargeCranks.Any || _core.Settlements.Any || _core.LostAnswers.Any;

    private bool CanWork => !_core.Writer.MustPause && !_core.IsStopping;

    /// <summary>Work that waits for nobody: letting old results go, a piece of cleaning up after ended vats. False when there is none.</summary>
    private bool Tidy()
    {
        if (!CanWork)
        {
            return false;
        }

        bool hasExcess = _core.Kept.TryTakeExcess(out Refs.KRef excess);
        if (hasExcess)
        {
            Commit commit = _core.Begin();
            Promises.KeptResults.LetGo(commit, excess);
            _core.Merge(commit);
        }

        return _core.Cleanup.Step() || hasExcess;
    }

    /// <inheritdoc />
    void ICrankEvents.Finished(Lane lane, CrankReport report)
    {
        if (_core.LargeCranks.Of(lane) is not null)
        {
            // It has been reported before.
            return;
        }

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
        if (_core.LargeCranks.Of(lane) is { } large)
        {
            // What it had reported is kept.
            large.LoseHeap(() => Lose(lane, reason, isSuspect));
            return;
        }

        Lose(lane, reason, isSuspect);
    }

    private void Lose(Lane lane, string reason, bool isSuspect)
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
