namespace Ocap.Daemon.Server;

/// <summary>
/// Bytes of requests that all connections have been read and that may still be in memory. It may be overdrawn by a request that is read already; who would read
/// another waits. Safe for any thread.
/// </summary>
/// <param name="total">How many bytes there may be.</param>
internal sealed class RequestBudget(long total)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _room;
    private long _held;

    /// <summary>True when nothing more is to be read.</summary>
    internal bool IsSpent => Volatile.Read(ref _held) >= total;

    internal void Take(long count) => Interlocked.Add(ref _held, count);

    internal void Return(long count)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            if (Interlocked.Add(ref _held, -count) >= total)
            {
                return;
            }

            room = _room;
            _room = null;
        }

        room?.TrySetResult();
    }

    /// <summary>Completes when there is room again.</summary>
    internal Task RoomAsync()
    {
        lock (_gate)
        {
            return !IsSpent ? Task.CompletedTask : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
