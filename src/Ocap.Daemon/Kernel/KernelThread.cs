using System.Diagnostics;
using Ocap.Daemon.Log;
using Ocap.Kernel;

namespace Ocap.Daemon.Kernel;

/// <summary>The one thread on which the kernel lives: it runs events in the order they come, pumps the loop, and sleeps when nothing is to be done.</summary>
internal sealed class KernelThread : IKernelPowers
{
    private const long Never = long.MaxValue;

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
    private volatile bool _ended;
    private KernelLoop? _loop;

    /// <summary>A thread that is not running yet; events may be posted already.</summary>
    internal KernelThread(DaemonLog log, Action<string> fatal)
    {
        _log = log;
        _fatal = fatal;
        _thread = new Thread(Run, maxStackSize: 4 * 1024 * 1024) { Name = "kernel", IsBackground = true };
    }

    public long Milliseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    /// <summary>Begins to run the posted events.</summary>
    internal void Start(KernelLoop loop)
    {
        _loop = loop;
        _thread.Start();
    }

    public void Post(Action kernelEvent)
    {
        bool wake;
        lock (_gate)
        {
            _inbox.Add(kernelEvent);
            _hasEvents = true;
            wake = _isAsleep;
            _isAsleep = false;
        }

        if (wake)
        {
            _awake.Set();
        }
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

    private void Run()
    {
        bool more = false;
        while (!_ended)
        {
            if (!more)
            {
                Sleep();
            }

            if (_wakeAt <= Milliseconds)
            {
                _wakeAt = Never;
            }

            RunEvents();
            more = _loop!.Pump();
        }
    }

    private void Sleep()
    {
        // The answer of a vat, or the next request, often comes within microseconds, and waking a thread costs more than that.
        var patience = new SpinWait();
        while (!_hasEvents && !patience.NextSpinWillYield)
        {
            patience.SpinOnce();
        }

        lock (_gate)
        {
            if (_inbox.Count > 0)
            {
                return;
            }

            _isAsleep = true;
        }

        long rest = _wakeAt == Never ? Timeout.Infinite : Math.Max(0, _wakeAt - Milliseconds);
        if (!_awake.WaitOne((int)Math.Min(rest, int.MaxValue)))
        {
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
