using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Home;
using Ocap.Daemon.Kernel;
using Ocap.Daemon.Log;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Vats;
using Ocap.Vats.Hosting;

namespace Ocap.Daemon.Hosts;

/// <summary>
/// One vat host from the daemon's side, from before its process exists until that is gone: the workers that live in it, the thread that hears what it says,
/// and what becomes of the workers when it ends. It takes deliveries from the start; they wait in its socket until it is up.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RunningHost
{
    /// <summary>Who takes longer over one word of the host does not listen.</summary>
    private static readonly TimeSpan Attentive = TimeSpan.FromMilliseconds(200);

    /// <summary>Bytes in which a host says what confines it.</summary>
    private const int MostWords = 1000;

    private readonly HostLink _link;
    private readonly IBundleSource _bundles;
    private readonly DaemonLog _log;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, HostedVatWorker> _workers = [];
    private readonly Thread _reader;
    private readonly long _madeAt = Stopwatch.GetTimestamp();
    private IHostProcess? _process;
    private bool _isExplained;
    private string? _reason;
    private bool _isEnding;
    private bool _isWanted = true;
    private int _lastNumber;
    private long _pingedAt;
    private long _takingSince;
    private long _delivered;

    // The watching thread's: what the process did when it was asked, and whether it has stood still since.
    private HostActivity _activityAtPing;
    private bool _isStill;
    private HostConduct? _conduct;

    /// <summary>A host that is not started yet.</summary>
    /// <param name="kind">For whom it is, as status shows it.</param>
    /// <param name="plan">What is told to it first.</param>
    /// <param name="bundles">Where its vats' code comes from.</param>
    /// <param name="log">The daemon's log.</param>
    internal RunningHost(string kind, HostPlan plan, IBundleSource bundles, DaemonLog log)
    {
        (Kind, _bundles, _log) = (kind, bundles, log);
        (_link, Child) = HostLink.Pair();
        _link.Send(HostMessage.Plan, 0, plan.Write().Span);
        _reader = new Thread(Listen) { IsBackground = true, Name = "host link" };
    }

    internal string Kind { get; }

    /// <summary>How long ago it was made.</summary>
    internal TimeSpan Age => Stopwatch.GetElapsedTime(_madeAt);

    /// <summary>The other end of the link, until the process has it.</summary>
    internal SafeHandle Child { get; }

    /// <summary>What is in force to confine it, in words; empty until it is ready.</summary>
    internal string Confinement { get; private set; } = "";

    /// <summary>Called when it is gone, by a thread of its own, before its workers are told.</summary>
    internal Action<RunningHost>? Ended { get; init; }

    /// <summary>Called with each delivery.</summary>
    internal Action? Delivered { get; init; }

    /// <summary>It ends by itself when its last worker has ended.</summary>
    internal bool EndsWithItsVats { get; init; }

    /// <summary>It is for one vat that is suspected of having ended another host.</summary>
    internal bool IsForSuspect { get; init; }

    /// <inheritdoc cref="HostSize.MostResident"/>
    internal long MostResident { get; init; } = long.MaxValue;

    /// <summary>Starts the process. Called once.</summary>
    internal void Start(IHostLauncher launcher, long heapLimit)
    {
        try
        {
            IHostProcess process = launcher.Launch(Child, heapLimit);
            lock (_lock)
            {
                _process = process;
            }
        }
        catch (DaemonException failed)
        {
            _reason = failed.Message;
        }

        // Nobody has the other end open but the process, or nobody at all: then the reader sees the end at once.
        Child.Dispose();
        _reader.Start();
    }

    /// <summary>Makes a worker here. Null when the host is about to end.</summary>
    internal HostedVatWorker? TryOpen(VatToRun vat, IVatWorkerClient client)
    {
        HostedVatWorker worker;
        lock (_lock)
        {
            if (_isEnding)
            {
                return null;
            }

            worker = new HostedVatWorker(this, ++_lastNumber, vat, client, new OwnBundle(vat, _bundles));
            _workers.Add(worker.Number, worker);
        }

        _link.Send(HostMessage.Open, worker.Number, WorkerSeat.Write(vat).Span);
        return worker;
    }

    internal void Deliver(int worker, ReadOnlySpan<byte> delivery)
    {
        Interlocked.Increment(ref _delivered);
        _link.Send(HostMessage.Deliver, worker, delivery);
        Delivered?.Invoke();
    }

    internal void Close(HostedVatWorker worker)
    {
        bool isLast;
        lock (_lock)
        {
            if (!_workers.Remove(worker.Number))
            {
                return;
            }

            isLast = _workers.Count == 0;
        }

        _link.Send(HostMessage.End, worker.Number, []);
        if (isLast && EndsWithItsVats)
        {
            Stop();
        }
    }

    /// <summary>Ends the host, which nobody needs any more.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _isEnding = true;
            _isWanted = false;
        }

        _link.HangUp();
    }

    /// <summary>Ends the host for what it sent. It is not trusted: vat code may have taken it over.</summary>
    internal void GiveUp(Exception nonsense)
    {
        _log.Error("A vat host sent what cannot be understood, and is ended.", nonsense.ToString());
        _link.HangUp();
    }

    /// <summary>Waits until it is gone.</summary>
    internal void Join(TimeSpan limit)
    {
        if (_reader.IsAlive)
        {
            _reader.Join(limit);
        }
    }

    /// <summary>
    /// Ends a host that does what none may do (<see cref="HostConduct"/>). Asks one that has been busy for a while whether it is still there, and ends it when it does
    /// not say so. True while there is something to watch.
    /// </summary>
    internal bool Watch(HostPatience patience)
    {
        TimeSpan crank = OldestCrank();
        _conduct ??= new HostConduct(patience, MostResident);
        if (_process is { } process && _conduct.Fault(process, crank, Interlocked.Read(ref _delivered)) is { } fault)
        {
            Kill(isExplained: false, fault);
            return true;
        }

        long pingedAt = Volatile.Read(ref _pingedAt);
        if (pingedAt != 0)
        {
            if (Volatile.Read(ref _takingSince) is not 0 and var since && Stopwatch.GetElapsedTime(since) > Attentive)
            {
                // The answer may have come, but nobody here has had time for it.
                Interlocked.CompareExchange(ref _pingedAt, Stopwatch.GetTimestamp(), pingedAt);
                return true;
            }

            TimeSpan silence = Stopwatch.GetElapsedTime(pingedAt);
            HostActivity activity = _process?.Activity ?? HostActivity.Unknown;
            _isStill &= activity.IsStillSince(_activityAtPing);
            if (silence > patience.Silence || (silence > patience.Frozen && _isStill))
            {
                Kill(isExplained: false, $"it did not answer for {silence.TotalSeconds:0.#} s");
            }

            return true;
        }

        if (crank > patience.Busy)
        {
            (_activityAtPing, _isStill) = (_process?.Activity ?? HostActivity.Unknown, true);
            Volatile.Write(ref _pingedAt, Stopwatch.GetTimestamp());
            _link.Send(HostMessage.Ping, 0, []);
        }

        return crank > TimeSpan.Zero || _conduct.UsedIdly > TimeSpan.Zero;
    }

    /// <summary>For how long it has had the crank that it has had longest; zero when it has none.</summary>
    private TimeSpan OldestCrank()
    {
        long oldest = long.MaxValue;
        lock (_lock)
        {
            foreach (HostedVatWorker worker in _workers.Values)
            {
                oldest = worker.DeliveredAt is > 0 and var at ? Math.Min(oldest, at) : oldest;
            }
        }

        // Never zero for one that has only just begun.
        return oldest == long.MaxValue ? TimeSpan.Zero : Stopwatch.GetElapsedTime(oldest) + TimeSpan.FromTicks(1);
    }

    internal VatHostStatus? Status()
    {
        lock (_lock)
        {
            return _process is null || _isEnding
                ? null
                : new VatHostStatus(_process.Pid, Kind, _process.ResidentBytes, Confinement, [.. _workers.Values.Select(static worker => worker.Vat).Order()]);
        }
    }

    private void Kill(bool isExplained, string reason)
    {
        lock (_lock)
        {
            if (_isEnding)
            {
                return;
            }

            _isEnding = true;
            _isExplained = isExplained;
            _reason = reason;
            _process?.Kill();
        }
    }

    /// <summary>The reader's thread.</summary>
    private void Listen()
    {
        try
        {
            while (_link.TryReceive(out HostFrame frame))
            {
                Volatile.Write(ref _takingSince, Stopwatch.GetTimestamp());
                Take(frame);
                Volatile.Write(ref _takingSince, 0);
            }
        }
        catch (Exception nonsense)
        {
            GiveUp(nonsense);
        }

        End();
    }

    private void Take(HostFrame frame)
    {
        using LentThread.Scope lent = LentThread.Lend();
        switch (frame.Message)
        {
            case HostMessage.CrankFinished:
                Find(frame.Worker)?.Finished(frame.Payload);
                break;
            case HostMessage.Question when Find(frame.Worker) is { } worker:
                worker.Answer(frame.Payload, _link);
                break;
            case HostMessage.Log when Find(frame.Worker) is { } worker:
                (string level, string text) = ConsoleLine.Read(frame.Payload);
                worker.Client.Log(level, text);
                break;
            case HostMessage.Abandoned:
                // Its vat's failure has been reported, or it was ended before; a host that says so without that explains nothing.
                Kill(isExplained: frame.Worker > 0 && frame.Worker <= _lastNumber && Find(frame.Worker) is not { DeliveredAt: not 0 }, "a vat in it ran on and could not be stopped");
                break;
            case HostMessage.Pong:
                Volatile.Write(ref _pingedAt, 0);
                break;
            case HostMessage.Ready when Confinement.Length == 0:
                Confinement = Encoding.UTF8.GetString(frame.Payload[..Math.Min(frame.Payload.Length, MostWords)]);
                _log.Info($"A vat host ({Kind}) is ready, process {_process?.Pid}. Confinement: {Confinement}.");
                break;
            case HostMessage.Question or HostMessage.Log:
                // About a worker that was ended meanwhile.
                break;
            default:
                throw new FrameException($"a host does not say {frame.Message}");
        }
    }

    private HostedVatWorker? Find(int number)
    {
        lock (_lock)
        {
            return _workers.GetValueOrDefault(number);
        }
    }

    /// <summary>The link has ended: so does the process, and its workers are lost.</summary>
    private void End()
    {
        (HostedVatWorker Worker, bool IsSuspect)[] lost;
        lock (_lock)
        {
            _isEnding = true;
            _process?.Kill();

            // One that never was ready has executed nothing.
            lost = [.. _workers.Values.Select(worker => (worker, !_isExplained && Confinement.Length > 0 && worker.DeliveredAt != 0))];
            _workers.Clear();
        }

        string end = _process?.Reap() ?? "it was not started";
        _link.Dispose();
        string reason = _reason ?? $"the process it ran in has ended unexpectedly ({end})";
        if (_isWanted)
        {
            _log.Warn($"A vat host ({Kind}, process {_process?.Pid}, {lost.Length} vats) has ended: {_reason ?? end}.");
        }

        Ended?.Invoke(this);
        foreach ((HostedVatWorker worker, bool isSuspect) in lost)
        {
            worker.Lost(reason, isSuspect);
        }
    }
}
