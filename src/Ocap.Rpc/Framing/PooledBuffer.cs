using System.Buffers;

namespace Ocap.Rpc.Framing;

/// <summary>Bytes being written, on arrays from the pool.</summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes;
    private int _count;

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">Room to begin with, in bytes.</param>
    public PooledBuffer(int capacity = 4096) => _bytes = LentBytes.Rent(capacity);

    /// <summary>Bytes written.</summary>
    public int Count => _count;

    /// <summary>What has been written. Valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>Appends bytes.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _count += bytes.Length;
    }

    /// <summary>Takes back everything written after the first <paramref name="count"/> bytes.</summary>
    public void TruncateTo(int count) => _count = Math.Min(count, _count);

    /// <inheritdoc />
    public void Advance(int count) => _count += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        LentBytes.Return(_bytes);
        _bytes = [];
        _count = 0;
    }

    private void Reserve(int sizeHint)
    {
        int needed = Math.Max(sizeHint, 1);
        if (_bytes.Length - _count >= needed)
        {
            return;
        }

        byte[] larger = LentBytes.Rent(checked((int)Math.Max((long)_count + needed, _bytes.Length * 2L)));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        LentBytes.Return(_bytes);
        _bytes = larger;
    }
}
