using System.Text.Json;
using Ocap.Kernel.Api;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Model;

/// <summary>One generated life of a kernel: a seed drives dispatch, finish, commit, requests, terminations, restarts, syncs, full disks and crashes in any order.</summary>
internal sealed partial class ModelRun
{
    private readonly Random _random;
    private readonly KernelOptions _options;
    private readonly bool _isBusy;
    private readonly MessageLog _log = new();
    private readonly HashSet<VatId> _mayEnd = [];
    private readonly List<KRef> _told = [];

    /// <summary>The state after each commit of this process.</summary>
    private readonly Dictionary<long, string> _history = [];
    private Replica _replica = new("");
    private HeldStore _store = new();
    private TestPowers _powers = new();
    private HeldWorkers _workers = new();
    private TestWorld _world = new();
    private TestIo _io = new();
    private ModelService? _service;
    private KernelLoop _loop;
    private int _asked;
    private int _answered;
    private int _lines;

    /// <param name="seed">What drives it.</param>
    /// <param name="lanes">Lanes of the kernel.</param>
    /// <param name="isBusy">Vats do much more between two requests, and most of that is about promises, of which most settle in pieces.</param>
    internal ModelRun(int seed, int lanes, bool isBusy = false)
    {
        _random = new Random(seed);
        _isBusy = isBusy;
        _options = new KernelOptions
        {
            Lanes = lanes,
            CleanupPiece = 1 + (seed % 4),
            PieceParts = (seed % 3) switch { 0 => 1, 1 => 3, _ => 500 },
            NotifyPromises = (seed % 5) switch { 0 => 1, 1 => 2, _ => 10_000 },
        };
        if (isBusy)
        {
            _options = _options with { PieceParts = 1 + (seed % 3), PieceCharacters = 40 << (seed % 5) };
        }

        if (Environment.GetEnvironmentVariable("OCAP_MODEL_TRACE") is not null)
        {
            _log.Trace = Console.Error.WriteLine;
        }

        _loop = Boot();
    }

    internal int Deliveries => _log.Deliveries;

    /// <summary>Settlements that were sealed, and ended vats that owed more answers than one commit rejects.</summary>
    internal (int Sealed, int Owing) InPieces { get; private set; }

    /// <summary>Calls that services got since the last crash, and lines that vats were sent.</summary>
    internal (int Calls, int Lines) Served => (_service!.Called, _lines);

    /// <summary>Runs a life of <paramref name="steps"/> events, then lets everything come to rest.</summary>
    internal void Run(int steps)
    {
        Launch();
        Launch();
        for (int step = 0; step < steps; step++)
        {
            Event();
            Check($"step {step}");
        }

        Rest();
        Check("at rest");
        CheckRest();
    }

    private KernelLoop Boot()
    {
        _powers = new TestPowers { Milliseconds = _powers.Milliseconds };
        _workers = new HeldWorkers { HaveNoDead = false };
        _world = new TestWorld();
        _io = new TestIo();
        _service = new ModelService(_random, _log, _store);
        _store.Holds = true;
        _workers.Created = worker => worker.State = new ModelVat(_random, _log, worker.Vat.ToString()) { Faultiness = 8, IsBusy = _isBusy };
        _asked = _answered = 0;
        var loop = new KernelLoop(_store, _workers, _world, _powers, _options with
        {
            ReapAfter = 8,
            Io = _io,
            OcapUrls = new TestUrls(),
            Services = [new Ocap.Kernel.Services.KernelServiceRegistration("slow", _service)],
        });
        loop.Core.Committed = commit =>
        {
            if (commit.Writes.Wipe)
            {
                _told.Clear();
                _log.NamesStartAnew();
            }

            _log.NoteCommitted(commit.Added);
            InPieces = (InPieces.Sealed + commit.Sealed.Count, InPieces.Owing + commit.Owing.Count);
            string seen = Dump(loop);
            _history[loop.Core.State.NewestCommit] = seen;
            if (_replica.Apply(commit.Writes) != seen)
            {
                _log.Problems.Add($"commit {loop.Core.State.NewestCommit} is seen otherwise than its writes say");
            }
        };
        _history.Clear();
        _history[0] = _store.Dump();
        _replica = new Replica(_history[0]);
        loop.Start();
        _log.Crashed(loop.Core.Queue.Items.Concat(Deferred(loop)));
        _powers.Settle(loop);
        return loop;
    }

    private static IEnumerable<QueuedItem> Deferred(KernelLoop loop) =>
        loop.Core.State.Scan("queue.kp")
            .Where(row => char.IsAsciiDigit(row.Key[^1]))
            .Where(row => row.Value.StartsWith('{'))
            .Select(row => new QueuedItem(0, new SendItem(KRef.Parse(row.Key["queue.".Length..row.Key.LastIndexOf('.')]), QueueJson.ReadMessage(row.Value))));

    private void Event()
    {
        if (_isBusy && _random.Next(4) > 0)
        {
            Action usual = _random.Next(8) switch
            {
                < 5 => FinishOne,
                < 7 => CompleteWrite,
                _ => SendFromOutside,
            };
            usual();
            _powers.Settle(_loop);
            return;
        }

        switch (_random.Next(60))
        {
            case < 18:
                FinishOne();
                break;
            case < 24:
                CompleteWrite();
                break;
            case < 30:
                SendFromOutside();
                break;
            case 30:
                Launch();
                break;
            case 31:
                EndSome();
                break;
            case 32:
                Restart();
                break;
            case 33:
                Revoke();
                break;
            case 34 when _random.Next(4) == 0:
                Crash();
                break;
            case 35 when _store.Pending is not null && _powers.Errors.Count == 0:
                _store.Fail(new StoreFault("disk full", CanRetry: true));
                break;
            case 36:
                _loop.GetStatus(Asked<KernelStatus>());
                break;
            case 37 when _random.Next(8) == 0:
                EndAll();
                break;
            case 38:
                LoseWorker();
                break;
            case 39 when _random.Next(2) == 0:
                _loop.CollectGarbage(Asked<Done>());
                break;
            case > 39 and < 44:
                Fire();
                break;
            case > 44 and < 50:
                _service!.AnswerOne();
                break;
            case > 49 and < 56:
                SendLine();
                break;
            case 56 when _told.Count > 0:
                _loop.IssueOcapUrl(_told[_random.Next(_told.Count)], Asked<string>());
                break;
            default:
                _powers.Milliseconds += _random.Next(15);
                _powers.Wake(_loop);
                break;
        }

        _powers.Settle(_loop);
    }

    /// <summary>A timer fires, of whatever heap: one that has ended or cancelled it may be too late to hear of that.</summary>
    private void Fire()
    {
        TestOutside[] worlds = [.. _world.All.Where(world => world.Asked.Count > 0)];
        if (worlds.Length > 0)
        {
            TestOutside world = worlds[_random.Next(worlds.Length)];
            world.Happens(world.Asked[_random.Next(world.Asked.Count)].Id, new Outside.TimerFired());
        }
    }

    /// <summary>A line comes through a channel, for a read whose vat may be gone.</summary>
    private void SendLine()
    {
        TestChannel[] channels = [.. _io.All.Where(channel => channel.Reads.Count > 0)];
        if (channels.Length > 0)
        {
            channels[_random.Next(channels.Length)].Line("line");
            _lines++;
        }
    }

    private void FinishOne()
    {
        if (_workers.Executing.Count == 0)
        {
            return;
        }

        HeldWorker worker = _workers.Executing[_random.Next(_workers.Executing.Count)];
        Vats.CrankReport report = ((ModelVat)worker.State!).Execute(worker.Delivery!, worker.Client);
        if (report.Fault is not null || report.Syscalls.Any(syscall => syscall is Vats.SyscallExit))
        {
            _mayEnd.Add(worker.Vat);
        }

        _log.Trace?.Invoke($"finish {worker.Vat}: {worker.Delivery} => {string.Join(" | ", report.Syscalls.Select(Describe))}");
        worker.Finish(report);
    }

    /// <summary>A worker's process dies, whatever it is doing.</summary>
    private void LoseWorker()
    {
        HeldWorker[] living = [.. _workers.All.Where(worker => !worker.HasEnded)];
        if (living.Length == 0)
        {
            return;
        }

        HeldWorker lost = living[_random.Next(living.Length)];
        bool isLast = _loop.Core.Lanes.Find(lost.Vat) is { Crank: { } crank } lane && lane.Losses.IsLastChance(crank, _powers.Milliseconds);
        if (isLast)
        {
            _mayEnd.Add(lost.Vat);
        }

        _log.Trace?.Invoke($"lose {lost.Vat}: {lost.Delivery}");

        // A vat that cannot be started any more would wait for a person: not in this model.
        bool mayBeSuspect = lost.Delivery is not null && !(isLast && lost.Delivery is Vats.StartVat);
        lost.Die(isSuspect: mayBeSuspect && _random.Next(2) == 0);
    }

    private static string Describe(Vats.VatSyscall syscall) => syscall switch
    {
        Vats.SyscallResolve resolve => "resolve " + string.Join(',', resolve.Settlements.Select(s => $"{s.Promise}:={s.Value.Body}[{string.Join(' ', s.Value.Slots)}]")),
        Vats.SyscallSend send => $"send {send.Target} {send.Methargs.Body}[{string.Join(' ', send.Methargs.Slots)}] {send.Result}",
        _ => syscall.ToString()!,
    };

    private void CompleteWrite()
    {
        if (_store.Pending is not null)
        {
            _store.Complete();
        }
    }

    private void SendFromOutside()
    {
        KRef target = _random.Next(8) == 0 || _told.Count == 0 ? KRef.Object(_random.Next(1, 30)) : _told[_random.Next(_told.Count)];
        _loop.QueueMessage(target, new CapData(_log.NewBody("outside" + _asked), []), Asked<Settlement>(settlement =>
        {
            foreach (string slot in settlement.Value.Slots)
            {
                _told.Add(KRef.Parse(slot));
            }
        }));
    }

    private void Launch()
    {
        string vats = string.Join(',', Enumerable.Range(0, _random.Next(1, 4)).Select(i => $"\"vat{i}\":{{\"bundleSpec\":\"x\"}}"));
        string more = _random.Next(8) switch
        {
            < 6 => ",\"services\":[\"slow\",\"ocapURLIssuerService\"],\"io\":{\"console\":{\"type\":\"socket\"}}",
            6 => ",\"services\":[\"slow\"]",
            _ => "",
        };
        using JsonDocument config = JsonDocument.Parse($"{{\"bootstrap\":\"vat0\",\"vats\":{{{vats}}}{more}}}");
        _loop.LaunchSubcluster(ClusterConfig.Parse(config.RootElement), Asked<LaunchResult>(launched => _told.Add(launched.Root)));
    }

    private void EndSome()
    {
        Lane[] lanes = [.. _loop.Core.Lanes.All];
        if (lanes.Length == 0)
        {
            return;
        }

        Lane lane = lanes[_random.Next(lanes.Length)];
        if (_random.Next(3) == 0)
        {
            foreach (Lane member in lanes.Where(member => member.Subcluster == lane.Subcluster))
            {
                _mayEnd.Add(member.Vat);
            }

            _loop.TerminateSubcluster(lane.Subcluster, Asked<Done>());
        }
        else
        {
            _mayEnd.Add(lane.Vat);
            _loop.TerminateVat(lane.Vat, Asked<Done>());
        }
    }

    /// <summary>All vats at once, or everything there is.</summary>
    private void EndAll()
    {
        foreach (Lane lane in _loop.Core.Lanes.All)
        {
            _mayEnd.Add(lane.Vat);
        }

        if (_random.Next(2) == 0)
        {
            _loop.TerminateAllVats(Asked<Done>());
        }
        else
        {
            _loop.ClearState(Asked<Done>());
        }
    }

    private void Restart()
    {
        Lane[] lanes = [.. _loop.Core.Lanes.All];
        if (lanes.Length > 0)
        {
            _loop.RestartVat(lanes[_random.Next(lanes.Length)].Vat, Asked<Done>());
        }
    }

    private void Revoke()
    {
        if (_told.Find(kref => !kref.IsPromise) is { Number: > 0 } target && _random.Next(4) == 0)
        {
            _loop.Revoke(target, Asked<Done>());
        }
    }

    /// <summary>The process dies; another one takes up what was durable.</summary>
    private void Crash()
    {
        long durable = _store.Written == 0 ? 0 : _store.DurableCommit;
        if (_random.Next(2) == 0)
        {
            _store = _store.Crash();
        }
        else
        {
            durable = _store.Pending?.LastCommit ?? durable;
            _store = _store.CrashAfterSync();
        }

        // I8: what is found is the state of one commit, kernel and vat stores alike.
        if (_store.Dump() != _history[durable])
        {
            throw new InvalidOperationException($"what a crash left is not the state of commit {durable}");
        }

        _told.Clear();
        _loop = Boot();
    }

    /// <summary>The state as the kernel sees it, as <see cref="HeldStore.Dump"/> shows what is durable.</summary>
    private static string Dump(KernelLoop loop)
    {
        var rows = new List<string>(loop.Core.State.Scan("").OrderBy(row => row.Key, CodePointOrder.Instance).Select(row => $"{row.Key} = {row.Value}"));
        foreach (VatId vat in loop.Core.Lanes.Vats)
        {
            KeyValuePair<string, string>? row = loop.Core.State.VatGetNext(vat, "");
            while (row is { } found)
            {
                rows.Add($"{vat} {found.Key} = {found.Value}");
                row = loop.Core.State.VatGetNext(vat, found.Key);
            }
        }

        return string.Join('\n', rows);
    }

    /// <summary>An answer, which must be given once, and only when the newest commit it could have seen is durable (I9).</summary>
    private Action<Answer<T>> Asked<T>(Action<T>? then = null)
    {
        KernelLoop loop = _loop;
        long seen = loop.Core.State.NewestCommit;
        bool isAnswered = false;
        _asked++;
        return answer =>
        {
            if (isAnswered)
            {
                _log.Problems.Add("a request was answered twice");
            }

            isAnswered = true;
            _answered++;
            if (loop.Core.Writer.Fault is null && loop.Core.State.DurableCommit < seen)
            {
                _log.Problems.Add("an answer left before what it could have seen was durable");
            }

            if (answer.IsOk)
            {
                then?.Invoke(answer.Value!);
            }
        };
    }

    /// <summary>Lets cranks, writes and time run until nothing moves any more.</summary>
    private void Rest()
    {
        for (int round = 0; round < 20_000; round++)
        {
            if (_store.Pending is not null)
            {
                _store.Complete();
            }
            else if (_workers.Executing.Count > 0)
            {
                // At the end vats only answer what they owe, or this would never come to rest.
                HeldWorker worker = _workers.Executing[0];
                worker.Finish(new Vats.CrankReport { Syscalls = QuietSyscalls(worker) });
            }
            else if (_service!.HasWaiting)
            {
                _service.AnswerOne();
            }
            else if (_powers.WakesAt is not null)
            {
                _powers.Wake(_loop);
            }
            else if (!_powers.HasEvents)
            {
                return;
            }

            _powers.Settle(_loop);
        }

        throw new InvalidOperationException("the kernel does not come to rest");
    }

    /// <summary>It wants to be told of every promise that it still learns of: so each in its c-list that has settled is one that it was not told of.</summary>
    private static List<Vats.VatSyscall> QuietSyscalls(HeldWorker worker)
    {
        IEnumerable<string> learnt = worker.Delivery switch
        {
            Vats.DeliverMessage message => message.Methargs.Slots,
            Vats.DeliverNotify notify => notify.Settlements.SelectMany(static told => told.Value.Slots).Except(notify.Settlements.Select(static told => told.Promise)),
            _ => [],
        };
        List<Vats.VatSyscall> syscalls = [.. learnt.Where(static slot => slot[0] == 'p').Distinct().Select(static slot => new Vats.SyscallSubscribe(slot))];
        if (worker.Delivery is Vats.DeliverMessage { Result: { } result })
        {
            syscalls.Add(new Vats.SyscallResolve([new Vats.PromiseSettlement(result, false, CapData.Undefined)]));
        }

        return syscalls;
    }
}
