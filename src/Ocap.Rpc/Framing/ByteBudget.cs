namespace Ocap.Rpc.Framing;

/// <summary>A number of bytes that many holders share. Safe for any thread.</summary>
/// <param name="total">How many bytes may be held at once.</param>
public sealed class ByteBudget(long total)
{
    private long _held;

    /// <summary>Bytes held now.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Takes <paramref name="count"/> bytes; false, and nothing taken, when that many are not left.</summary>
    public bool TryTake(long count)
    {
        if (Interlocked.Add(ref _held, count) <= total)
        {
            return true;
        }

        Interlocked.Add(ref _held, -count);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(long count) => Interlocked.Add(ref _held, -count);
}
