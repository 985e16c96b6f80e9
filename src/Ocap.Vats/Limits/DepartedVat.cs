namespace Ocap.Vats.Limits;

/// <summary>A vat that has ended, and may still hold memory: a collection has not come yet, or its thread has not ended yet.</summary>
internal sealed class DepartedVat(MemoryAccount account, object heap)
{
    // A thread that goes on to serve others has let go of what it kept for this vat, or it would have ended.
    private static readonly TimeSpan s_mostOfThread = TimeSpan.FromSeconds(10);

    private readonly WeakReference _heap = new(heap);
    private readonly Thread? _thread = account.LastThread;
    private readonly long _endedAt = Environment.TickCount64;
    private bool _hasLetGo;

    /// <summary>Bytes that it held for certain.</summary>
    internal long Least { get; } = account.Least;

    /// <summary>Bytes that it may have held.</summary>
    internal long Possible { get; } = account.Possible;

    /// <summary>Nothing of it was left when the heap was last collected.</summary>
    internal bool IsGone => _hasLetGo && !_heap.IsAlive;

    /// <summary>The heap is about to be collected.</summary>
    internal void Look() => _hasLetGo = _thread is not { IsAlive: true } || Environment.TickCount64 - _endedAt > s_mostOfThread.TotalMilliseconds;
}
