using Ocap.Kernel.Store;
using Ocap.Store;

namespace Ocap.Daemon.Kernel;

/// <summary>
/// Reads the whole database once, beside everything else, after a run that did not end in order: damage that lies where nobody looks is told now,
/// while the backup is young.
/// </summary>
internal sealed class IntegrityCheck : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    /// <summary>Starts it. <paramref name="damaged"/> is called on a thread of its own, and only for damage.</summary>
    internal IntegrityCheck(SqliteKernelStore store, Action<StoreFault> damaged)
    {
        _thread = new Thread(() => Run(store, damaged)) { Name = "integrity", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Ends it, finished or not.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run(SqliteKernelStore store, Action<StoreFault> damaged)
    {
        try
        {
            // What may go away by itself is not damage; whoever works with the database meets it and says so.
            if (store.CheckIntegrity(_stop.Token) is { CanRetry: false } fault)
            {
                damaged(fault);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }
}
