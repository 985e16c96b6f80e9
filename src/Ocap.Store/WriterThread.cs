using Ocap.Kernel.Store;

namespace Ocap.Store;

/// <summary>The thread that owns the writer. It sleeps until there is work; its work is one job at a time.</summary>
internal sealed class WriterThread : IDisposable
{
    private readonly Writer _writer;
    private readonly Thread _thread;
    private readonly object _lock = new();
    private Action? _job;
    private bool _busy;
    private bool _closing;

    internal WriterThread(Writer writer)
    {
        _writer = writer;
        _thread = new Thread(Work) { IsBackground = true, Name = "store" };
        _thread.Start();
    }

    internal void BeginWrite(WriteBatch batch, Action<StoreFault?> written) => Start(() =>
    {
        StoreFault? fault = _writer.Write(batch);
        Finish();
        written(fault);
        if (_writer.WantsCheckpoint)
        {
            // Not needed for durability. What hinders it will hinder the next write too, and that one reports it.
            _ = _writer.Checkpoint(truncate: false);
        }
    });

    /// <summary>Runs something on the writer, after what it is doing, and waits for it.</summary>
    internal T Run<T>(Func<Writer, T> work)
    {
        using var done = new ManualResetEventSlim(initialState: false, spinCount: 0);
        T? result = default;
        WaitUntilFree();
        Start(() =>
        {
            try
            {
                result = work(_writer);
            }
            finally
            {
                Finish();
                done.Set();
            }
        });
        done.Wait();
        return result!;
    }

    private void WaitUntilFree()
    {
        lock (_lock)
        {
            while (_busy)
            {
                Monitor.Wait(_lock);
            }
        }
    }

    private void Start(Action job)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteKernelStore));
            if (_busy)
            {
                throw new InvalidOperationException("A batch is being written; the next one may be handed over when it is done.");
            }

            _busy = true;
            _job = job;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>From here the next batch may be handed over: also by the callback itself.</summary>
    private void Finish()
    {
        lock (_lock)
        {
            _busy = false;
            Monitor.PulseAll(_lock);
        }
    }

    private void Work()
    {
        while (NextJob() is { } job)
        {
            job();
        }
    }

    private Action? NextJob()
    {
        lock (_lock)
        {
            while (_job is null && !_closing)
            {
                Monitor.Wait(_lock);
            }

            Action? job = _job;
            _job = null;
            return job;
        }
    }

    /// <summary>Lets the batch under way finish, then closes the writer.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closing = true;
            Monitor.PulseAll(_lock);
        }

        _thread.Join();
        _writer.Dispose();
    }
}
