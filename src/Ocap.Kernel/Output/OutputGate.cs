namespace Ocap.Kernel.Output;

/// <summary>Nothing leaves before the newest commit it could have seen is durable (K17). Outputs leave in the order they were stamped.</summary>
internal sealed class OutputGate
{
    private readonly Queue<(long Stamp, Action Output)> _waiting = new();

    /// <summary>True while something waits to leave.</summary>
    internal bool IsWaiting => _waiting.Count > 0;

    internal void Add(long stamp, Action output) => _waiting.Enqueue((stamp, output));

    /// <summary>Lets everything out that is stamped with a durable commit.</summary>
    /// <param name="durable">The newest commit that is on disk.</param>
    /// <param name="failed">Told of an output that threw; the others leave all the same.</param>
    internal void Release(long durable, Action<Exception> failed)
    {
        while (_waiting.TryPeek(out (long Stamp, Action Output) next) && next.Stamp <= durable)
        {
            _waiting.Dequeue();
            try
            {
                next.Output();
            }
            catch (Exception broken)
            {
                failed(broken);
            }
        }
    }
}
