using Ocap.Kernel.CLists;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Syscalls;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Cranks.Large;

/// <summary>
/// One crank that is committed in pieces. First it is checked and written down, a few rows at a time; that may still be undone, and a process that dies leaves
/// nothing of it. Then a commit seals it, which takes its item off the queue: from there on it is true, and a process that dies leaves the rest of it to the next.
/// Then its pieces are applied, in order. Its lane is closed all the time, so that only others see it half done: as they would see a vat that does in several
/// deliveries what it did in one.
/// </summary>
internal sealed class LargeCrank
{
    /// <summary>Pieces that are written down in one commit: that costs little.</summary>
    private const int WrittenAtOnce = 4;

    private static readonly CapData Incomplete = KernelError.Make(KernelErrorCode.DeliveryFailed, "The kernel could not complete the delivery; see the daemon's log");

    private readonly KernelCore _core;
    private readonly Crank _crank;
    private PieceCutter? _cutter;
    private SyscallCheck? _check;
    private readonly bool _fails;

    /// <summary>Of a start: what its heap knows of the vat's c-list.</summary>
    private readonly HeapMemory? _memory;
    private KRef? _remembered;
    private bool _hasForgotten;
    private CrankReport _report;
    private bool _gaveUpDead;
    private int _next;
    private int _count;
    private Action? _lost;

    /// <summary>The room that its report takes up.</summary>
    private IDisposable? _room;

    /// <summary>A crank that has just been reported.</summary>
    internal LargeCrank(KernelCore core, Lane lane, Crank crank, CrankReport report, HeapMemory? memory)
    {
        (_core, Lane, _crank, _report, _memory) = (core, lane, crank, report, memory);
        _cutter = new PieceCutter(report, core.Options);
        _check = new SyscallCheck(crank.Prepared ?? core.View(), lane.Vat, crank, memory);
        _fails = FirstExit(report) is { IsFailure: true };
    }

    /// <summary>A sealed crank that a process before this one has left.</summary>
    internal LargeCrank(KernelCore core, Lane lane, Crank crank, int next, int count)
    {
        (_core, Lane, _crank, _report, IsSealed, _next, _count) = (core, lane, crank, new CrankReport(), true, next, count);
    }

    internal Lane Lane { get; }

    /// <summary>It is true: whatever happens, all of it is going to be committed.</summary>
    internal bool IsSealed { get; private set; }

    /// <summary>Somebody waits for its vat to start.</summary>
    internal bool IsWanted { get; set; }

    /// <summary>Takes over the room of its report, to give it back when that is written down. False when there is nothing to take over.</summary>
    internal bool TryKeep(IDisposable? room)
    {
        if (room is null || _room is not null || IsSealed)
        {
            return false;
        }

        _room = room;
        return true;
    }

    /// <summary>Has its turn. True when it is over.</summary>
    internal bool Step()
    {
        if (IsSealed)
        {
            return ApplyNext();
        }

        if (!_cutter!.IsAtEnd)
        {
            return !TryWriteSome() && ApplyWhole(_report);
        }

        if (_fails)
        {
            // Nothing of it is kept but that.
            return ApplyWhole(_report with { Syscalls = [FirstExit(_report)!], Vatstore = [] });
        }

        if (_memory is not null && !_hasForgotten)
        {
            ForgetSome(_memory);
            return false;
        }

        Seal();
        return false;
    }

    /// <summary>The heap that did it is gone.</summary>
    /// <param name="whenOver">What is done about it when the crank is over, unless its vat has ended with it.</param>
    internal void LoseHeap(Action whenOver)
    {
        Lane.EndWorker();
        Lane.Crank = _crank;
        int incarnation = Lane.Incarnation;
        _lost = () =>
        {
            if (Lane.Incarnation == incarnation)
            {
                whenOver();
            }
        };
    }

    /// <summary>Its vat can be given something else.</summary>
    internal void Release()
    {
        _room?.Dispose();
        if (Lane.Crank == _crank)
        {
            Lane.Crank = null;
        }

        _lost?.Invoke();
        if (IsWanted)
        {
            _core.WantedStarts.Enqueue(Lane);
        }

        _core.Lanes.Update(Lane.Vat, _core.Queue);
        _core.RunClosings();
    }

    /// <summary>Undoes what is not sealed yet. The heap that did it goes with it (K10); what it was given keeps its place in the queue.</summary>
    internal void Drop()
    {
        _room?.Dispose();
        Commit commit = _core.Begin();
        DeleteRows(commit);
        _core.Merge(commit);
        Lane.EndWorker();
        HeapLoss.StartAgain(_core, Lane, _crank);
        _core.Lanes.Update(Lane.Vat, _core.Queue);
        _core.RunClosings();
    }

    /// <summary>An invariant broke in it. What is not sealed is undone; what is cannot be, and a vat that is half done must not go on.</summary>
    internal void GiveUp()
    {
        Commit commit = _core.Begin();
        DeleteRows(commit);
        if (!IsSealed)
        {
            _core.Merge(commit);
            if (_crank.IsStart)
            {
                StartEnd.Fail(_core, Lane, "the kernel could not take it in; see the daemon's log");
            }
            else
            {
                CrankEnd.GiveUp(_core, Lane, _crank);
            }
        }
        else if (_core.Lanes.Find(Lane.Vat) == Lane)
        {
            CrankEnd.EndVat(_core, Lane, commit, Incomplete);
        }
        else
        {
            _core.Merge(commit);
        }
    }

    /// <summary>The last resort when even giving it up broke an invariant: nothing is left to be done of it, its vat stays as it is, and who waits outside is told.</summary>
    internal void Abandon()
    {
        Commit commit = _core.Begin();
        DeleteRows(commit);
        _core.Merge(commit);
        if (_crank.Result is { } result)
        {
            _core.TellWaiter(result, Incomplete);
        }

        if (_core.Lanes.Find(Lane.Vat) == Lane)
        {
            Lane.EndWorker();
            Lane.State = LaneState.Failed;
            Lane.Reason = "the kernel could not complete what it did last; see the daemon's log";
            Lane.TellStarters(Lane.Reason, _core.Defer);
        }
    }

    /// <summary>Checks and writes down what comes next. False when it is not allowed.</summary>
    private bool TryWriteSome()
    {
        Commit commit = _core.Begin();
        try
        {
            if (_count == 0)
            {
                Lane.Outside.Require(_report.Outside);
            }

            long length = 0;
            for (int i = 0; i < WrittenAtOnce && length < _core.Options.PieceCharacters && !_cutter!.IsAtEnd; i++)
            {
                Piece piece = _cutter.Next();
                _check!.Next(piece.Syscalls);
                WellFormed.Require(piece.Vatstore);
                if (!_fails)
                {
                    string text = PieceText.Write(piece);
                    commit.Writes.Create(PieceRows.Row(Lane.Vat, _count), text);
                    length += text.Length;
                    _count++;
                }
            }
        }
        catch (IllegalSyscallException)
        {
            return false;
        }

        _core.Merge(commit);
        return true;
    }

    /// <summary>Ends it as any other crank: it is not kept, or not allowed, and then what says so is what would say so of any other.</summary>
    private bool ApplyWhole(CrankReport report)
    {
        Commit commit = _core.Begin();
        DeleteRows(commit);
        _core.Merge(commit);
        if (_crank.IsStart)
        {
            StartEnd.ApplyWhole(_core, Lane, report);
        }
        else
        {
            CrankEnd.ApplyWhole(_core, Lane, _crank, report);
        }

        return true;
    }

    /// <summary>
    /// Entries of the c-list that come next become what they are to the new heap. That is true whatever becomes of its start: the old heap is gone. What the vat asks
    /// for comes after all of it, for it may use the same names.
    /// </summary>
    private void ForgetSome(HeapMemory memory)
    {
        Commit commit = _core.Begin();
        var clist = new CList(commit.Writes, Lane.Vat);
        List<(KRef KRef, CListEntry Entry)> entries = clist.Some(_remembered, _core.Options.CleanupPiece, promisesOnly: false);
        foreach ((KRef kref, CListEntry entry) in entries)
        {
            memory.Apply(commit, clist, kref, entry);
        }

        _core.Merge(commit);
        _hasForgotten = entries.Count < _core.Options.CleanupPiece;
        _remembered = entries.Count == 0 ? _remembered : entries[^1].KRef;
    }

    private void Seal()
    {
        Commit commit = _core.Begin(_crank.Prepared);
        CrankEnd.Introduce(commit, Lane.Vat, _crank);
        if (_crank.Item is { } item)
        {
            commit.Consume(item);
        }

        if (_crank.IsStart)
        {
            // Of any other it has not been checked, and means nothing.
            StartEnd.NoteBundle(commit, Lane, _report);
        }

        commit.Writes.Create(PieceRows.Seal(Lane.Vat), Counter.Text(_count));
        _core.Merge(commit);
        IsSealed = true;
        if (!_crank.IsStart)
        {
            // A bootstrap that leaves a rejection uncaught has failed, whatever it answers.
            Lane.Bootstrapping?.Uncaught(_report.Uncaught);
        }

        _gaveUpDead = Gc.Reaping.GivesUp(_report);

        // What is written down need not be in memory too.
        _report = _report with { Syscalls = [], Vatstore = [] };
        (_cutter, _check) = (null, null);
        _room?.Dispose();
    }

    private bool ApplyNext()
    {
        Commit commit = _core.Begin();
        bool isLast = _next >= _count - 1;
        SyscallExit? exit = null;
        if (_core.Lanes.Find(Lane.Vat) != Lane)
        {
            // The process before this one ended in the middle of it, and this one has ended its vat.
            DeleteRows(commit);
            _core.Merge(commit);
            return true;
        }

        var syscalls = new SyscallApplier(commit, Lane.Vat);
        if (_next < _count)
        {
            string key = PieceRows.Row(Lane.Vat, _next);
            Piece piece = PieceText.Read(commit.Writes.GetRequired(key));
            syscalls.Apply(piece.Syscalls);
            if (piece.Vatstore.Count > 0)
            {
                commit.Writes.VatStores.Add((Lane.Vat, piece.Vatstore));
            }

            commit.Writes.Delete(key);
            exit = syscalls.Exit;
        }

        if (isLast)
        {
            commit.Writes.Delete(PieceRows.Seal(Lane.Vat));
        }

        if (exit is not null)
        {
            CrankEnd.EndVat(_core, Lane, commit, syscalls.Translate(exit.Info));
            return true;
        }

        _core.Merge(commit);
        _next++;
        if (isLast)
        {
            if (_lost is null)
            {
                _core.BeginOutside(Lane, _report);
            }

            Lane.Losses.Done(_crank);
            if (_crank.IsStart && _lost is null)
            {
                StartEnd.Succeed(_core, Lane);
            }

            if (_crank.IsReap)
            {
                _core.Reaping.Answered(Lane, _crank, _report, _gaveUpDead);
            }
        }

        return isLast;
    }

    private void DeleteRows(Commit commit)
    {
        for (int i = _next; i < _count; i++)
        {
            commit.Writes.Delete(PieceRows.Row(Lane.Vat, i));
        }

        if (IsSealed)
        {
            commit.Writes.Delete(PieceRows.Seal(Lane.Vat));
        }
    }

    private static SyscallExit? FirstExit(CrankReport report)
    {
        for (int i = 0; i < report.Syscalls.Count; i++)
        {
            if (report.Syscalls[i] is SyscallExit exit)
            {
                return exit;
            }
        }

        return null;
    }
}
