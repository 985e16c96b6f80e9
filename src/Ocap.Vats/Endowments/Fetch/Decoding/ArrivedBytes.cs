namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>What has come of a body and is not read yet: a piece, or as many as the vat's code has asked for at once.</summary>
internal sealed class ArrivedBytes : ReadingStream
{
    private readonly Queue<ReadOnlyMemory<byte>> _pieces = [];
    private ReadOnlyMemory<byte> _first;

    internal void Add(ReadOnlyMemory<byte> piece) => _pieces.Enqueue(piece);

    public override int Read(Span<byte> buffer)
    {
        while (_first.IsEmpty && _pieces.TryDequeue(out _first))
        {
        }

        int length = Math.Min(buffer.Length, _first.Length);
        _first.Span[..length].CopyTo(buffer);
        _first = _first[length..];
        return length;
    }
}
