namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>The piece of a body that came last, as far as it is not read yet.</summary>
internal sealed class ArrivedBytes : ReadingStream
{
    private ReadOnlyMemory<byte> _left;

    /// <summary>Another piece has come. The one before has been read.</summary>
    internal void Take(ReadOnlyMemory<byte> piece) => _left = piece;

    public override int Read(Span<byte> buffer)
    {
        int length = Math.Min(buffer.Length, _left.Length);
        _left.Span[..length].CopyTo(buffer);
        _left = _left[length..];
        return length;
    }
}
