
namespace Ocap.Rpc.Framing;

/// <summary>
/// Cuts a byte stream into lines. Bytes are searched once, lines are handed out without a copy, and a line of any length costs few re-allocations:
/// the buffer grows sixteenfold, so that even the longest line leaves little garbage behind. Not safe for two threads at once.
/// </summary>
/// <param name="limit">The longest line in bytes, its newline included.</param>
public sealed class LineBuffer(int limit) : IDisposable
{
    private const int SmallSize = 8192;
    private const int Growth = 16;

    private byte[]? _bytes;
    private int _start;
    private int _searched;
    private int _end;

    /// <summary>Bytes received that are not yet part of a line handed out.</summary>
    public int PendingBytes => _end - _start;

    /// <summary>True when the line being received is as long as is allowed and still has no end.</summary>
    public bool IsOverLimit => PendingBytes >= limit && _searched == _end;

    /// <summary>What has been received after the last newline.</summary>
    public ReadOnlyMemory<byte> Rest => _bytes.AsMemory(_start, PendingBytes);

    /// <summary>Room to receive into; never empty unless <see cref="IsOverLimit"/>. Lines handed out before are no longer valid.</summary>
    public Memory<byte> GetMemory()
    {
        _bytes ??= LentBytes.Rent(SmallSize);
        if (_start == _end)
        {
            _start = _searched = _end = 0;
        }

        if (_end == Capacity)
        {
            if (_start > 0)
            {
                MoveTo(_bytes);
            }
            else
            {
                byte[] larger = LentBytes.Rent((int)Math.Min((long)_bytes.Length * Growth, limit));
                byte[] smaller = _bytes;
                MoveTo(larger);
                _bytes = larger;
                LentBytes.Return(smaller);
            }
        }

        return _bytes.AsMemory(_end, Capacity - _end);
    }

    private int Capacity => Math.Min(_bytes!.Length, limit);

    /// <summary>Says how many bytes were received into <see cref="GetMemory"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>The next complete line, without its newline. Valid until the next <see cref="GetMemory"/> or <see cref="Release"/>.</summary>
    public bool TryReadLine(out ReadOnlyMemory<byte> line)
    {
        int newline = _bytes.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (newline < 0)
        {
            _searched = _end;
            line = default;
            return false;
        }

        line = _bytes.AsMemory(_start, _searched + newline - _start);
        _searched = _start = _searched + newline + 1;
        return true;
    }

    /// <summary>Gives a large buffer back once little of it is in use. Lines handed out before are no longer valid.</summary>
    public void Release()
    {
        if (_bytes is not null && _bytes.Length > SmallSize && PendingBytes < SmallSize)
        {
            byte[] large = _bytes;
            byte[] small = LentBytes.Rent(SmallSize);
            MoveTo(small);
            _bytes = small;
            LentBytes.Return(large);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_bytes is not null)
        {
            LentBytes.Return(_bytes);
            _bytes = null;
        }

        _start = _searched = _end = 0;
    }

    private void MoveTo(byte[] target)
    {
        Buffer.BlockCopy(_bytes!, _start, target, 0, PendingBytes);
        _searched -= _start;
        _end -= _start;
        _start = 0;
    }
}
