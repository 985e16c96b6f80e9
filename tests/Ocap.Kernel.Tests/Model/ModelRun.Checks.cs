using Ocap.Kernel.Audit;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Routing;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.Tests.Model;

/// <summary>What is to hold after every event, and what when nothing moves any more.</summary>
internal sealed partial class ModelRun
{
    private void Check(string when)
    {
        List<string> problems = [.. StateAudit.Check(_loop.Core.State.Scan("")), .. _log.Problems, .. _powers.Errors.Where(error => !error.StartsWith("disk full", StringComparison.Ordinal))];
        foreach (VatId vat in VatsEver().Where(vat => !_loop.Core.Lanes.IsLive(vat) && !_mayEnd.Contains(vat)))
        {
            problems.Add($"{vat} behaved legally and was ended");
        }

        problems.AddRange(Escaped());
        problems.AddRange(Miscounted());
        problems.AddRange(_io.All.Where(static channel => channel.Closings > 1).Select(static channel => $"the channel {channel.Name} was closed {channel.Closings} times"));
        if (_powers.WakesAt is null && _workers.Executing.Count == 0 && _store.Pending is null)
        {
            problems.AddRange(Stuck());
            if (_loop.Core.LargeCranks.Any || _loop.Core.Settlements.Any || _loop.Core.LostAnswers.Any)
            {
                problems.Add("something is to go on in pieces and does not");
            }
        }

        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"{when}: {string.Join("; ", problems)}");
        }
    }

    /// <summary>What an ended heap asked for must have been given up (K13).</summary>
    private IEnumerable<string> Escaped() => _workers.All.Zip(_world.All)
        .Where(pair => pair.First.HasEnded && !pair.Second.HasEnded)
        .Select(pair => $"the outside world of an ended heap of {pair.First.Vat} goes on");

    /// <summary>Items that could be dispatched while the loop sleeps (I10).</summary>
    private IEnumerable<string> Stuck()
    {
        foreach (QueuedItem item in _loop.Core.Queue.Items)
        {
            Filing filing = Router.FilingOf(_loop.Core.View(), item.Item, new Forwarding(_loop.Core.View()), _loop.Core.Lanes.IsLive);
            if (filing.Vat is not { } vat || _loop.Core.Lanes.Find(vat) is { IsIdle: true })
            {
                yield return $"queue item {item.Position} could be dispatched and is not";
            }
        }

        foreach (Lane lane in _loop.Core.Lanes.All.Where(lane => lane.IsIdle && lane.Outside.OldestArrival is not null))
        {
            yield return $"an event of {lane.Vat} could be delivered and is not";
        }
    }

    /// <summary>Vats whose ending would be the kernel's doing: those running now or before in this process, launches not counted.</summary>
    private IEnumerable<VatId> VatsEver() => _workers.All
        .Where(worker => worker.HasEnded)
        .Select(worker => worker.Vat)
        .Where(vat => _powers.Lines.Exists(line => line.Contains($"Vat {vat} ", StringComparison.Ordinal) && line.Contains("ended:", StringComparison.Ordinal)));

    private void CheckRest()
    {
        if (_asked != _answered && _loop.Core.Lanes.All.All(lane => lane.State != LaneState.Failed) && _loop.Core.Waiters.Count == 0)
        {
            throw new InvalidOperationException($"{_asked} requests, {_answered} answers");
        }

        if (_loop.Core.Queue.Count > 0)
        {
            throw new InvalidOperationException($"{_loop.Core.Queue.Count} items left in the queue at rest");
        }

        if (_loop.Core.State.Scan("crank.") is { Count: > 0 } pieces)
        {
            throw new InvalidOperationException($"{pieces.Count} rows of large cranks left at rest");
        }

        if (_loop.Core.State.Scan("settling.") is { Count: > 0 } settling)
        {
            throw new InvalidOperationException($"{settling.Count} settlements are sealed at rest");
        }

        if (_loop.Core.State.Scan("ended.") is { Count: > 0 } || _loop.Core.State.Get("vats.terminated") != "[]")
        {
            throw new InvalidOperationException("something is left of ended vats at rest");
        }

        foreach ((string key, string _) in _loop.Core.State.Scan("v").Where(static row => row.Key.Contains(".c.kp", StringComparison.Ordinal)))
        {
            string promise = key[(key.LastIndexOf('.') + 1)..];
            if (_loop.Core.State.Get(promise + ".state") != "unresolved")
            {
                throw new InvalidOperationException($"{key}: it was not told that {promise} is {_loop.Core.State.Get(promise + ".state")}");
            }
        }

        // A channel is open while its subcluster lives, and no longer.
        int channels = _loop.Core.State.Scan("kernelService.io:").Count();
        if (_io.All.Count(static channel => channel.Closings == 0) != channels)
        {
            throw new InvalidOperationException($"{_io.All.Count(static channel => channel.Closings == 0)} channels are open, {channels} are wanted");
        }

        // I11, as far as vats let go by themselves: what nobody reaches has been given up by its owner.
        foreach ((string key, string value) in _loop.Core.State.Scan("ko").Where(row => row.Key.EndsWith(".refCount", StringComparison.Ordinal) && row.Value == "0,0"))
        {
            throw new InvalidOperationException($"{key} is {value} at rest; actions: {string.Join(' ', _loop.Core.State.Scan(Ocap.Kernel.Gc.GcActionSet.Prefix).Select(static row => row.Key))}");
        }

        string view = string.Join('\n', _loop.Core.State.Scan("").OrderBy(row => row.Key, CodePointOrder.Instance).Select(row => $"{row.Key} = {row.Value}"));
        if (!_store.Dump().StartsWith(view, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("what the kernel sees is not what is on disk");
        }
    }
}
