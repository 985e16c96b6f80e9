using System.Diagnostics;
using Ocap.Daemon.Log;
using Ocap.Kernel;

namespace Ocap.Daemon.Kernel;

/// <summary>
/// Where the kernel lives: one thread at a time runs its events, in the order they come, and pumps the loop. That is a thread of its own, which sleeps when
/// nothing is to be done; or, while that sleeps, for a short while the thread that brought the event (<see cref="LentThread"/>).
/// </summary>
internal sealed class KernelThread : IKernelPowers
{
    private const long Never = long.MaxValue;

    /// <summary>Steps in one pump, so that events get their turn.</summary>
    private const int OwnSteps = 64;

    /// <summary>How much a lent thread does of what turns up, in rounds and in steps a round. The rest is for the kernel's own.</summary>
    private const int LentRounds = 4;
    private const int LentSteps = 8;

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _awake = new(false);
    private readonly DaemonLog _log;
    private readonly Action<string> _fatal;
    private readonly Thread _thread;
    private List<Action> _inbox = [];
    private List<Action> _running = [];
    private long _wakeAt = Never;
    private volatile bool _hasEvents;
    private bool _isAsleep;
    private long _sleepsUntil;
    private Func<int, bool>? _pump;

    // Whoever set it runs the kernel; changed only under the gate. Until the start it is the thread that is to come.
    private bool _isRunning = true;

    // These are for who runs the kernel.
    private bool _hasMore;
    private bool _ended;

    /// <summary>A thread that is not running yet; events may be posted already.</summary>
    internal KernelThread(DaemonLog log, Action<string> fatal)
    {
        _log = log;
        _fatal = fatal;
        _thread = new Thread(Run, maxStackSize: 4 * 1024 * 1024) { Name = "kernel", IsBackground = true };
    }

    /// <summary>Called when the kernel's own thread has nothing more to do.</summary>
    internal Action Stirred { get; init; } = static () => { };

    public long Milliseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    /// <summary>Begins to run the posted events, and after them the pump: it is told how many steps to do at most, and says whether there is more to do at once.</summary>
    internal void Start(Func<int, bool> pump)
    {
        _pump = pump;
        _thread.Start();
    }

    public void Post(Action kernelEvent)
    {
        bool wake;
        lock (_gate)
        {
            _inbox.Add(kernelEvent);
            _hasEvents = true;

            // Who runs it looks again before leaving it.
            wake = !_isRunning && _isAsleep && !LentThread.TryTake(this);
            _isAsleep &= !wake;
        }

        if (wake)
        {
            _awake.Set();
        }
    }

    public void PostLast(Action kernelEvent)
    {
        using LentThread.Scope lent = LentThread.Lend();
        Post(kernelEvent);
    }

    public void WakeAt(long milliseconds) => _wakeAt = Math.Min(_wakeAt, milliseconds);

    public void Log(string level, string message)
    {
        switch (level)
        {
            case "debug":
                _log.Debug(message);
                break;
            case "warn":
                _log.Warn(message);
                break;
            case "error":
                _log.Error(message);
                break;
            case "info":
                _log.Info(message);
                break;
            default:
                _log.Write(LogLevel.Log, message);
                break;
        }
    }

    public string NewId() => Guid.NewGuid().ToString();

    public void Fatal(string reason) => _fatal(reason);

    /// <summary>Ends the thread after the events posted so far.</summary>
    internal void End()
    {
        Post(() => _ended = true);
        _thread.Join();
        _awake.Dispose();
    }

    /// <summary>Runs the events on the calling thread if nobody else does, and what follows from them if it is not much.</summary>
    internal void RunHere()
    {
        lock (_gate)
        {
            if (_isRunning || _inbox.Count == 0)
            {
                return;
            }

            _isRunning = true;
        }

        for (int round = 0; round < LentRounds && !_ended && (_hasMore || _hasEvents); round++)
        {
            RunRound(LentSteps);
        }

        Leave();
    }

    private void Run()
    {
        while (!_ended)
        {
            RunRound(OwnSteps);
            if (!_hasMore && !_hasEvents)
            {
                Leave();
                Stirred();
                Enter();
            }
        }
    }

    private void RunRound(int steps)
    {
        if (_wakeAt <= Milliseconds)
        {
            _wakeAt = Never;
        }

        RunEvents();
        _hasMore = false;
        try
        {
            _hasMore = _pump!(steps);
        }
        catch (Exception broken)
        {
            _log.Error("The kernel's loop was cut short.", broken.ToString());
        }
    }

    private void Leave()
    {
        bool wake;
        lock (_gate)
        {
            _isRunning = false;
            wake = _isAsleep && (IsNeeded || _wakeAt < _sleepsUntil);
            _isAsleep &= !wake;
        }

        if (wake)
        {
            _awake.Set();
        }
    }

    /// <summary>Only under the gate, while nobody runs the kernel.</summary>
    private bool IsNeeded => _hasMore || _ended || _inbox.Count > 0 || _wakeAt <= Milliseconds;

    /// <summary>Waits until the kernel's own thread is needed, and takes over.</summary>
    private void Enter()
    {
        // The answer of a vat, or the next request, often comes within microseconds, and waking a thread costs more than that.
        var patience = new SpinWait();
        while (!_hasEvents && !patience.NextSpinWillYield)
        {
            patience.SpinOnce();
        }

        while (true)
        {
            long rest = Timeout.Infinite;
            lock (_gate)
            {
                if (!_isRunning && IsNeeded)
                {
                    _isRunning = true;
                    return;
                }

                // Who runs it now says so when it leaves with less time to go.
                _isAsleep = true;
                _sleepsUntil = _isRunning ? Never : _wakeAt;
                rest = _sleepsUntil == Never ? Timeout.Infinite : Math.Max(0, _sleepsUntil - Milliseconds);
            }

            _awake.WaitOne((int)Math.Min(rest, int.MaxValue));
            lock (_gate)
            {
                _isAsleep = false;
            }
        }
    }

    private void RunEvents()
    {
        lock (_gate)
        {
            (_running, _inbox) = (_inbox, _running);
            _hasEvents = false;
        }

        foreach (Action next in _running)
        {
            try
            {
                next();
            }
            catch (Exception broken)
            {
                // The loop never dies: an event that breaks costs itself.
                _log.Error("An event on the kernel's thread failed.", broken.ToString());
            }
        }

        _running.Clear();
    }
}
