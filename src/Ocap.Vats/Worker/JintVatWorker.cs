using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Kernel.Vats.Wire;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Worker;

/// <summary>A vat in this process. Its cranks run on threads of a shared pool; who asks for one does not wait for it.</summary>
internal sealed class JintVatWorker : IVatWorker
{
    private readonly IVatWorkerClient _client;
    private readonly VatThreads _threads;
    private readonly VatLimits _limits;
    private readonly JintVat _vat;
    private readonly Watchdog _watchdog;
    private readonly Action? _abandoned;
    private readonly Lock _lock = new();
    private bool _isRunning;
    private bool _isEnded;

    internal JintVatWorker(
        string vatId, IVatWorkerClient client, IBundleSource bundles, VatLimits limits, VatThreads threads, MemoryWatch memory, Action? abandoned = null)
    {
        _abandoned = abandoned;
        _client = new Gate(client, this);
        _threads = threads;
        _limits = limits;
        _vat = new JintVat(vatId, _client, bundles, limits, memory.Open(DropIdleHeap, limits));
        _watchdog = new Watchdog(limits.CpuPerCrank, _vat.Hurry);
    }

    public void Deliver(ReadOnlyMemory<byte> delivery)
    {
        if (Prepare(delivery) is { } crank)
        {
            _threads.Run(crank);
        }
    }

    /// <summary>The crank of a delivery, to be run once, on a thread with the stack that vat code needs (<see cref="VatThreads.Run"/>); null when the worker has ended.</summary>
    internal Func<bool>? Prepare(ReadOnlyMemory<byte> delivery)
    {
        lock (_lock)
        {
            if (_isEnded)
            {
                return null;
            }

            _isRunning = !_isRunning ? true : throw new InvalidOperationException("a vat runs one crank at a time");
        }

        return () => Crank(delivery);
    }

    public void End()
    {
        bool wasRunning;
        lock (_lock)
        {
            if (_isEnded)
            {
                return;
            }

            _isEnded = true;
            wasRunning = _isRunning;
        }

        // A crank that still runs is watched until its end, and disposes of the vat then.
        if (!wasRunning)
        {
            Dispose();
        }
    }

    /// <summary>A vat that is ended for its memory while it is idle gives it back at once; its next delivery is told why.</summary>
    private void DropIdleHeap()
    {
        lock (_lock)
        {
            if (!_isRunning && !_isEnded)
            {
                _vat.Dispose();
            }
        }
    }

    /// <summary>True when the thread may serve again.</summary>
    private bool Crank(ReadOnlyMemory<byte> delivery)
    {
        Thread thread = Thread.CurrentThread;
        _watchdog.Watch(() => Abandon(thread));
        CrankReport report = Run(delivery);
        _watchdog.Leave();
        if (!TryFinish())
        {
            Dispose();
            return false;
        }

        _client.CrankFinished(ReportFrame.Write(report));
        return report.Fault is null;
    }

    private void Dispose()
    {
        _watchdog.Dispose();
        _vat.Dispose();
    }

    private CrankReport Run(ReadOnlyMemory<byte> delivery)
    {
        try
        {
            return _vat.Run(DeliveryFrame.Read(delivery.Span));
        }
        catch (FrameException error)
        {
            return new CrankReport { Fault = new VatFault("INTERNAL_ERROR", error.Message) };
        }
    }

    /// <summary>Reports a crank that cannot be stopped as failed, and leaves its thread to itself: whatever it still does counts for nothing.</summary>
    private void Abandon(Thread thread)
    {
        bool wasEnded;
        lock (_lock)
        {
            if (!_isRunning)
            {
                return;
            }

            wasEnded = _isEnded;
            _isEnded = true;
        }

        thread.Priority = ThreadPriority.Lowest;
        _vat.Abandon();
        string message = $"one operation of the vat's code ran past the limit of {_limits.CpuPerCrank.TotalSeconds:0.###} s of CPU time for a delivery and could not be stopped";
        if (!wasEnded)
        {
            ((Gate)_client).Abandoned(ReportFrame.Write(new CrankReport
            {
                Fault = new VatFault(VatLimitException.Cpu, message),
                CpuMicroseconds = _limits.CpuPerCrank.Ticks / TimeSpan.TicksPerMicrosecond,
            }));
        }

        _abandoned?.Invoke();
    }

    private bool TryFinish()
    {
        lock (_lock)
        {
            _isRunning = false;
            return !_isEnded;
        }
    }

    /// <summary>Lets nothing through once the worker has ended.</summary>
    private sealed class Gate(IVatWorkerClient client, JintVatWorker worker) : IVatWorkerClient
    {
        public void CrankFinished(ReadOnlyMemory<byte> report)
        {
            if (!IsEnded)
            {
                client.CrankFinished(report);
            }
        }

        public void Lost(string reason, bool isSuspect) => throw new NotSupportedException("a vat of this process is not lost without it");

        public string? VatstoreGet(string key) => IsEnded ? throw Ended() : client.VatstoreGet(key);

        public KeyValuePair<string, string>? VatstoreGetNext(string key) => IsEnded ? throw Ended() : client.VatstoreGetNext(key);

        public FileProbe FileExists(string path) => IsEnded ? throw Ended() : client.FileExists(path);

        public void Log(string level, string text)
        {
            if (!IsEnded)
            {
                client.Log(level, text);
            }
        }

        internal void Abandoned(ReadOnlyMemory<byte> report) => client.CrankFinished(report);

        private bool IsEnded => Volatile.Read(ref worker._isEnded);

        private static OperationCanceledException Ended() => new("the vat has been ended");
    }
}
