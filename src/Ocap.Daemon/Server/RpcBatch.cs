namespace Ocap.Daemon.Server;

/// <summary>The requests of one line that came as an array: answered together, in their order, when the last of them is done.</summary>
/// <param name="count">How many requests it has, notifications included.</param>
internal sealed class RpcBatch(int count) : IOutput
{
    private readonly List<RpcCall> _calls = new(Math.Min(count, 64));
    private int _running = count;

    /// <summary>Adds a call that is answered. Only while the batch is being started.</summary>
    internal void Add(RpcCall call) => _calls.Add(call);

    /// <summary>Takes note that one call is done; true when all are and there is something to answer.</summary>
    internal bool IsComplete() => Interlocked.Decrement(ref _running) == 0 && _calls.Count > 0;

    public void WriteTo(AnswerWriter writer)
    {
        writer.Bytes.Write("["u8);
        for (int i = 0; i < _calls.Count; i++)
        {
            if (i > 0)
            {
                writer.Bytes.Write(","u8);
            }

            _calls[i].WriteTo(writer);
        }

        writer.Bytes.Write("]"u8);
    }

    public void Dispose()
    {
        foreach (RpcCall call in _calls)
        {
            call.Dispose();
        }
    }
}
