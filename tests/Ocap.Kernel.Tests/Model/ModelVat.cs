using System.Globalization;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Model;

/// <summary>A vat that does random things, all of them legal: it mentions only what it knows, settles only what it decides, subscribes to what it learns.</summary>
internal sealed class ModelVat(Random random, MessageLog log, string name)
{
    private readonly SortedSet<string> _objects = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _decided = new(StringComparer.Ordinal);
    private readonly List<string> _given = [];
    private readonly List<VatSyscall> _syscalls = [];
    private readonly Dictionary<long, StartTimer> _timers = [];
    private readonly List<OutsideRequest> _outside = [];
    private long _nextTimer = 1;
    private int _nextExport = 10;
    private int _nextPromise = 5;

    /// <summary>How often, in a thousand cranks, it exits or breaks.</summary>
    internal int Faultiness { get; init; }

    /// <summary>It sends promises much at once, and settles them to promises.</summary>
    internal bool IsBusy { get; init; }

    internal CrankReport Execute(VatDelivery delivery, IVatWorkerClient client)
    {
        _syscalls.Clear();
        _outside.Clear();
        switch (delivery)
        {
            case StartVat:
                Remember(client);
                return Report() with { HeldImports = new([.. Imports()], []) };
            case DeliverBringOutYourDead:
                for (int i = random.Next(4); i > 0 && Imports().Any(); i--)
                {
                    Drop();
                }

                return Report() with { HasMoreDead = random.Next(4) == 0, CpuMicroseconds = random.Next(2_000) };
            case DeliverMessage message:
                log.Delivered(name, message.Methargs.Body);
                Learn(message.Methargs.Slots);
                if (message.Result is { } result)
                {
                    _decided.Add(result);
                }

                if (message.Methargs.Body.Contains("\"bootstrap\"", StringComparison.Ordinal))
                {
                    _given.AddRange(message.Methargs.Slots.Where(static slot => slot.StartsWith("o-", StringComparison.Ordinal)));
                    Settle(message.Result!, false);
                }

                break;
            case DeliverOutside happening:
                // Each heap has its own ids: an event of an earlier one would be seen here, unless by chance.
                if (!_timers.TryGetValue(happening.Id, out StartTimer? timer))
                {
                    log.Problems.Add($"{name} is told of timer {happening.Id}, which it does not want");
                }
                else if (!timer.Repeats)
                {
                    _timers.Remove(happening.Id);
                }

                break;
            case DeliverDropExports drop:
                // It may mention them again: they are its own.
                Owned(drop.VRefs);
                break;
            case DeliverRetireExports retire:
                Owned(retire.VRefs);
                _objects.ExceptWith(retire.VRefs);
                break;
            case DeliverRetireImports retire:
                foreach (string vref in retire.VRefs)
                {
                    if (vref[1] != '-' || _objects.Contains(vref))
                    {
                        log.Problems.Add($"{name} is told that {vref} is gone, which it holds");
                    }
                }

                break;
            case DeliverNotify notify:
                if (!_known.Contains(notify.Settlements[0].Promise))
                {
                    log.Problems.Add($"{name} is told of {notify.Settlements[0].Promise}, which it does not know or has been told");
                }

                foreach (PromiseSettlement settlement in notify.Settlements)
                {
                    _known.Remove(settlement.Promise);
                    if (_decided.Contains(settlement.Promise))
                    {
                        throw new InvalidOperationException($"{name} is told of {settlement.Promise}, which it decides itself");
                    }
                }

                foreach (PromiseSettlement settlement in notify.Settlements)
                {
                    Learn([.. settlement.Value.Slots.Where(slot => notify.Settlements.All(told => told.Promise != slot))]);
                }

                break;
        }

        for (int i = random.Next(4); i > 0; i--)
        {
            Act();
        }

        int fate = random.Next(1000);
        if (fate < Faultiness)
        {
            return (fate % 3) switch
            {
                0 => new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "model fault"), Syscalls = [.. _syscalls] },
                1 => Report() with { Syscalls = [.. _syscalls, new SyscallExit(false, new CapData("#\"bye\"", []))] },
                _ => Report() with { Syscalls = [.. _syscalls, new SyscallExit(true, new CapData("#\"oops\"", []))] },
            };
        }

        return Report();
    }

    private void Act()
    {
        switch (random.Next(6))
        {
            case 0 when _decided.Count > 0:
                Settle(Pick(_decided), random.Next(4) == 0);
                break;
            case 1 when _decided.Count > 1:
                SettleTwo();
                break;
            case 2 when Imports().Any():
                Drop();
                break;
            case 3:
                Time();
                break;
            default:
                Send();
                break;
        }
    }

    private IEnumerable<string> Imports() => _objects.Where(static vref => vref[1] == '-');

    /// <summary>Lets an import go, and perhaps forgets it altogether.</summary>
    private void Drop()
    {
        string import = Imports().First();
        _objects.Remove(import);
        _syscalls.Add(new SyscallGc(GcSyscallKind.DropImports, [import]));
        if (random.Next(2) == 0)
        {
            _syscalls.Add(new SyscallGc(GcSyscallKind.RetireImports, [import]));
        }
    }

    /// <summary>Sets a timer, or clears one that may just have fired.</summary>
    private void Time()
    {
        if (_timers.Count > 0 && random.Next(2) == 0)
        {
            long id = _timers.Keys.ElementAt(random.Next(_timers.Count));
            _timers.Remove(id);
            _outside.Add(new CancelRequest(id));
            return;
        }

        // Odd steps, so that heaps seldom have the same ids.
        var timer = new StartTimer(_nextTimer += random.Next(1, 5), 10, random.Next(3) == 0);
        _timers.Add(timer.Id, timer);
        _outside.Add(timer);
    }

    private void Owned(IReadOnlyList<string> vrefs)
    {
        foreach (string vref in vrefs.Where(vref => !vref.StartsWith("o+", StringComparison.Ordinal) || vref == "o+0"))
        {
            log.Problems.Add($"{name} is told to give up {vref}");
        }
    }

    private void Send()
    {
        string[] targets = [.. _objects.Where(vref => vref[1] == '-'), .. _known, .. _decided];
        if (targets.Length == 0)
        {
            return;
        }

        // Services among them: what was given at first is used more than it comes by chance.
        string[] given = [.. _given.Where(_objects.Contains)];
        bool toGiven = given.Length > 0 && random.Next(2) == 0;
        string target = toGiven ? given[random.Next(given.Length)] : targets[random.Next(targets.Length)];

        if (IsBusy && random.Next(2) == 0)
        {
            string[] promises = [.. _known, .. _decided];
            target = promises.Length > 0 ? promises[random.Next(promises.Length)] : target;
        }

        for (int i = IsBusy && target[0] == 'p' ? 1 + random.Next(6) : 1; i > 0; i--)
        {
            Send(target, toGiven);
        }
    }

    private void Send(string target, bool toGiven)
    {
        string[] slots = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Mention()).Distinct(StringComparer.Ordinal)];
        string? result = random.Next(IsBusy ? 3 : 6) == 0 ? null : NewPromise();
        string body = random.Next(toGiven ? 2 : 8) == 0 ? "#[\"read\",[]]" : log.NewBody(name);
        _syscalls.Add(new SyscallSend(target, new CapData(body, slots), result));
        if (result is not null)
        {
            _known.Add(result);
            _syscalls.Add(new SyscallSubscribe(result));
        }
    }

    private void Settle(string promise, bool rejected)
    {
        CapData value = RandomValue();
        Forget(promise);
        _syscalls.Add(new SyscallResolve([new PromiseSettlement(promise, rejected, value)]));
    }

    /// <summary>Two promises in one batch, whose values may be each other.</summary>
    private void SettleTwo()
    {
        string first = Pick(_decided);
        string second = Pick(_decided);
        if (first == second)
        {
            return;
        }

        CapData one = random.Next(2) == 0 ? new CapData("#\"&0\"", [second]) : RandomValue();
        CapData two = random.Next(2) == 0 ? new CapData("#[\"&0\"]", [first]) : RandomValue();
        Forget(first);
        Forget(second);
        _syscalls.Add(new SyscallResolve([new PromiseSettlement(first, false, one), new PromiseSettlement(second, false, two)]));
    }

    private CapData RandomValue() => random.Next(IsBusy ? 4 : 5) switch
    {
        0 => new CapData("#7", []),
        1 => new CapData("#[\"$0\",\"&1\"]", [Object(), Promise()]),
        2 => new CapData("#\"&0\"", [Promise()]),
        _ => new CapData("#\"$0.Alleged: thing\"", [Object()]),
    };

    private string Mention() => random.Next(3) == 0 ? Promise() : Object();

    private string Object()
    {
        if (_objects.Count == 0 || random.Next(4) == 0)
        {
            string fresh = string.Create(CultureInfo.InvariantCulture, $"o+{_nextExport++}");
            _objects.Add(fresh);
            return fresh;
        }

        return Pick(_objects);
    }

    private string Promise()
    {
        string[] all = [.. _known, .. _decided];
        if (all.Length == 0 || random.Next(4) == 0)
        {
            string fresh = NewPromise();
            _decided.Add(fresh);
            return fresh;
        }

        return all[random.Next(all.Length)];
    }

    private string NewPromise() => string.Create(CultureInfo.InvariantCulture, $"p+{_nextPromise++}");

    private string Pick(SortedSet<string> set) => set.ElementAt(random.Next(set.Count));

    private void Forget(string promise)
    {
        _decided.Remove(promise);
        _known.Remove(promise);
    }

    private void Learn(IReadOnlyList<string> slots)
    {
        foreach (string slot in slots)
        {
            if (slot[0] == 'o')
            {
                _objects.Add(slot);
            }
            else if (!_decided.Contains(slot) && _known.Add(slot))
            {
                _syscalls.Add(new SyscallSubscribe(slot));
            }
        }
    }

    /// <summary>What it keeps durably: the imports it knows and its counters, as baggage would.</summary>
    private CrankReport Report()
    {
        string imports = string.Join(' ', Imports());
        return new CrankReport
        {
            Syscalls = [.. _syscalls],
            Outside = [.. _outside],
            Vatstore =
            [
                new KeyValuePair<string, string?>("imports", imports),
                new KeyValuePair<string, string?>("counters", string.Create(CultureInfo.InvariantCulture, $"{_nextExport} {_nextPromise}")),
            ],
        };
    }

    private void Remember(IVatWorkerClient client)
    {
        if (client.VatstoreGet("counters") is not { } counters)
        {
            return;
        }

        string[] numbers = counters.Split(' ');
        _nextExport = int.Parse(numbers[0], CultureInfo.InvariantCulture);
        _nextPromise = int.Parse(numbers[1], CultureInfo.InvariantCulture);
        _objects.UnionWith(client.VatstoreGet("imports")!.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
