using Ocap.Kernel.CLists;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>
/// Cranks that ask for very much. Committed at once, one such would keep the kernel, and then the disk, from everybody else's answers for a second; so they are
/// committed in pieces, one after the other is on disk, and all of them in turn: between two pieces others are served, and wait for a piece at most.
/// </summary>
internal sealed class LargeCranks(KernelCore core)
{
    /// <summary>A crank that is not more than this many pieces is committed at once.</summary>
    private const int Worthwhile = 2;

    private readonly Queue<LargeCrank> _turns = new();
    private readonly Dictionary<Lane, LargeCrank> _byLane = [];
    private long _newestCommit;

    /// <summary>Some are under way.</summary>
    internal bool Any => _turns.Count > 0;

    /// <summary>The lanes whose vats did them.</summary>
    internal IEnumerable<Lane> Lanes => _byLane.Keys;

    /// <summary>The one that a lane waits for the end of, or null.</summary>
    internal LargeCrank? Of(Lane lane) => _byLane.GetValueOrDefault(lane);

    /// <summary>Takes a crank over if it asks for so much. It goes on executing, as far as others can tell.</summary>
    internal bool TryBegin(Lane lane, Crank crank, CrankReport report)
    {
        if (crank.IsStart || crank.Gc is not null || crank.Undelivered is not null || report.Fault is not null
            || !CrankSize.Of(report).Exceeds(core.Options, Worthwhile))
        {
            return false;
        }

        Begin(lane, crank, report, null);
        return true;
    }

    /// <summary>The same for the start of a vat that comes back, which may ask for little and yet have to let go of much that its old heap had.</summary>
    internal bool TryBeginStart(Lane lane, Crank crank, CrankReport report)
    {
        bool isLarge = CrankSize.Of(report).Exceeds(core.Options, Worthwhile)
            || new CList(core.View(), lane.Vat).HasMoreThan(Worthwhile * core.Options.CleanupPiece);
        if (!isLarge || StartEnd.Complaint(lane, report) is not null)
        {
            return false;
        }

        Begin(lane, crank, report, new HeapMemory(report.WatchedPromises, report.HeldImports));
        return true;
    }

    private void Begin(Lane lane, Crank crank, CrankReport report, HeapMemory? memory)
    {
        Add(new LargeCrank(core, lane, crank, report, memory), crank);
        if (lane.Enders > 0)
        {
            Drop(lane);
        }
    }

    /// <summary>A vat is to end: if nothing of what it did last is true yet, none of it ever will be.</summary>
    internal void Drop(Lane lane)
    {
        if (!_byLane.TryGetValue(lane, out LargeCrank? large) || large.IsSealed)
        {
            return;
        }

        _byLane.Remove(lane);
        for (int turns = _turns.Count; turns > 0; turns--)
        {
            LargeCrank other = _turns.Dequeue();
            if (other != large)
            {
                _turns.Enqueue(other);
            }
        }

        try
        {
            large.Drop();
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            // Whoever is about to end its vat goes on with that.
            core.Powers.Log("error", $"Kernel invariant broken in dropping a large crank of {lane.Vat}: {broken}");
            GiveUp(large);
            large.Release();
        }
    }

    /// <summary>Does a piece of the one whose turn it is, when the piece before it is on disk. False when nothing can be done now.</summary>
    internal bool Step()
    {
        if (_turns.Count == 0 || core.State.DurableCommit < _newestCommit || core.Writer.MustPause)
        {
            return false;
        }

        LargeCrank next = _turns.Dequeue();
        bool isOver = true;
        try
        {
            isOver = Step(next);
        }
        finally
        {
            _newestCommit = core.State.NewestCommit;
            if (isOver)
            {
                _byLane.Remove(next.Lane);
                next.Release();
            }
            else
            {
                _turns.Enqueue(next);
            }
        }

        return true;
    }

    /// <summary>Takes up what a process before this one has left.</summary>
    internal void Load(StateView view)
    {
        (List<(VatId Vat, int Next, int Count)> left, List<string> loose) = PieceRows.Left(view, core.Lanes.IsLive);
        foreach ((VatId vat, int next, int count) in left)
        {
            if (core.Lanes.Find(vat) is { } lane)
            {
                var crank = new Crank();
                Add(new LargeCrank(core, lane, crank, next, count), crank);
                core.Lanes.Update(vat, core.Queue);
            }
        }

        if (loose.Count > 0)
        {
            Commit commit = core.Begin();
            foreach (string key in loose)
            {
                commit.Writes.Delete(key);
            }

            core.Merge(commit);
        }
    }

    private void Add(LargeCrank large, Crank crank)
    {
        large.Lane.Crank = crank;
        _byLane.Add(large.Lane, large);
        _turns.Enqueue(large);
    }

    private void GiveUp(LargeCrank large)
    {
        try
        {
            large.GiveUp();
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            core.Powers.Log("error", $"Kernel invariant broken in giving up a large crank of {large.Lane.Vat}: {broken}");
            large.Abandon();
        }
    }

    private bool Step(LargeCrank next)
    {
        try
        {
            return next.Step();
        }
        catch (Exception broken) when (broken is not KernelStoreException)
        {
            core.Powers.Log("error", $"Kernel invariant broken in a large crank of {next.Lane.Vat}: {broken}");
            GiveUp(next);
            return true;
        }
    }
}
