using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Gc;

/// <summary>
/// When vats are asked for their dead (<c>bringOutYourDead</c>, K9): only then do they find out which imports they hold no more, and say so.
/// Answering takes a full collection: of a small heap it stops every vat of the same process for some milliseconds, of a large one it goes on beside
/// them. So a vat is asked by itself
/// <list type="bullet">
/// <item>when enough has happened to it since the last time (<see cref="KernelOptions.ReapAfter"/>), and more than that if it had nothing to give up then;</item>
/// <item>when nothing waits for it, unless four times that has happened: a vat that is never at rest is asked too;</item>
/// <item>when nineteen times the CPU time that the last answer took has passed: a twentieth of the time is what others lose by it at most.</item>
/// </list>
/// A vat to which nothing happens is never asked, and nothing wakes up for it. On request all are asked at once.
/// Nothing of this is stored: it concerns what the heap has let go of, and ends with the heap.
/// </summary>
internal sealed class Reaping(KernelCore core)
{
    /// <summary>Vats with nothing to give up are asked this much more seldom in the end.</summary>
    private const int MostPatience = 32;

    /// <summary>How many times the amount it takes to ask a vat that others wait for.</summary>
    private const int Insistence = 4;

    /// <summary>Pause after an answer, in times the CPU time it took.</summary>
    private const int Rest = 19;

    /// <summary>Milliseconds between two, until the first has answered.</summary>
    private const int UnansweredRest = 1_000;

    /// <summary>A pause is never longer, in milliseconds.</summary>
    private const int LongestRest = 60_000;

    private readonly SortedSet<VatId> _due = [];
    private readonly List<ReapRound> _rounds = [];
    private long _notBefore;

    /// <summary>Somebody waits for all to be asked: that goes before other work.</summary>
    internal bool IsAwaited => _rounds.Count > 0;

    /// <summary>A vat is being given something.</summary>
    internal void Note(Lane lane, Crank crank)
    {
        if (crank.IsReap)
        {
            return;
        }

        lane.Dirt.Amount += 1 + crank.Introductions.Count(static introduction => !introduction.KRef.IsPromise) + (crank.Gc?.Objects.Count ?? 0);
        lane.Dirt.HasLostExports |= crank.Gc is not null;
        if (IsDue(lane))
        {
            _due.Add(lane.Vat);
        }
    }

    /// <summary>The idle vat that is to be asked for its dead now, or null.</summary>
    internal Lane? Next()
    {
        if (_rounds.Count > 0 && NextOfRounds() is { } wanted)
        {
            return wanted;
        }

        if (_due.Count == 0)
        {
            return null;
        }

        _due.RemoveWhere(vat => core.Lanes.Find(vat) is not { } lane || !IsDue(lane));
        foreach (VatId vat in _due)
        {
            if (core.Lanes.Find(vat) is not { } lane || !IsFree(lane))
            {
                continue;
            }

            if (core.Powers.Milliseconds >= _notBefore)
            {
                return lane;
            }

            core.Powers.WakeAt(_notBefore);
            break;
        }

        return null;
    }

    /// <summary>A vat is being asked.</summary>
    internal void Begin(Lane lane)
    {
        lane.Dirt.Amount = 0;
        lane.Dirt.HasLostExports = false;
        _due.Remove(lane.Vat);
        _notBefore = core.Powers.Milliseconds + UnansweredRest;
    }

    /// <summary>Whether a vat's answer says that anything was dead.</summary>
    internal static bool GivesUp(CrankReport report) => report.Syscalls.Count > 0 || report.Vatstore.Count > 0;

    /// <summary>A vat has answered, and its answer has been committed.</summary>
    internal void Answered(Lane lane, Crank crank, CrankReport report, bool gaveUp)
    {
        // What a worker reports is not trusted to be sensible.
        long took = Math.Clamp(report.CpuMicroseconds, 0, LongestRest * 1_000);
        if (gaveUp)
        {
            lane.Dirt.Patience = 1;
        }

        if (report.HasMoreDead)
        {
            if (!gaveUp)
            {
                // It waits for a collection of its heap, which others' processors are busy with (that is not its own CPU time), and does not know yet what is dead.
                lane.Dirt.Waited += core.Powers.Milliseconds - crank.StartedAt;
            }

            RestFrom(took);
            lane.Dirt.Amount = Math.Max(lane.Dirt.Amount, (long)core.Options.ReapAfter * lane.Dirt.Patience);
            _due.Add(lane.Vat);
            return;
        }

        RestFrom(took + (lane.Dirt.Waited * 1_000));
        lane.Dirt.Waited = 0;
        if (!gaveUp)
        {
            lane.Dirt.Patience = Math.Min(MostPatience, 2 * lane.Dirt.Patience);
        }

        foreach (ReapRound round in _rounds)
        {
            round.Owing.Remove(lane.Vat);
        }
    }

    /// <summary>Asks all vats that can be asked, and calls <paramref name="then"/> when all have answered and what followed has been told to whom it concerns.</summary>
    /// <param name="then">Given null, or why not all were asked.</param>
    internal void AskAll(Action<string?> then)
    {
        _rounds.Add(new ReapRound(core.Lanes.All, then));
        foreach (Lane asleep in core.Lanes.All.Where(static lane => lane.State == LaneState.Asleep))
        {
            core.WantedStarts.Enqueue(asleep);
        }
    }

    /// <summary>Asks nobody any more.</summary>
    internal void Stop(string reason)
    {
        foreach (ReapRound round in _rounds)
        {
            round.Then(reason);
        }

        _rounds.Clear();
    }

    private void RestFrom(long microseconds) => _notBefore = core.Powers.Milliseconds + (Math.Min(microseconds, LongestRest * 1_000 / Rest) * Rest / 1_000);

    private Lane? NextOfRounds()
    {
        foreach (ReapRound round in _rounds.ToArray())
        {
            if (round.HasEnded(core))
            {
                _rounds.Remove(round);
                core.Defer(() => round.Then(null));
            }
            else if (round.Next(core) is { } lane)
            {
                return lane;
            }
        }

        return null;
    }

    private bool IsDue(Lane lane) => lane.Dirt.Amount >= (long)core.Options.ReapAfter * lane.Dirt.Patience;

    private bool IsFree(Lane lane) => lane is { IsIdle: true, State: LaneState.Running }
        && ((core.Queue.FirstFor(lane.Vat) is null && lane.Outside.OldestArrival is null)
            || lane.Dirt.Amount >= (long)core.Options.ReapAfter * lane.Dirt.Patience * Insistence);
}
