namespace Ocap.Daemon.Outside.Fetch;

/// <summary>What one coding of a body reads: so many bytes at most, and knows when there are no more. Its first byte can be looked at.</summary>
internal sealed class BoundedStream(Stream inner, long most) : ReadingStream
{
    private readonly byte[] _first = new byte[1];
    private bool _hasFirst;
    private long _total;

    /// <summary>The end was read.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>The first byte, which is still to be read; null when there is none.</summary>
    internal async ValueTask<byte?> PeekAsync(CancellationToken cancel)
    {
        _hasFirst = await inner.ReadAtLeastAsync(_first, 1, throwOnEndOfStream: false, cancel) == 1;
        HasEnded = !_hasFirst;
        return _hasFirst ? _first[0] : null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_hasFirst && buffer.Length > 0)
        {
            _hasFirst = false;
            buffer.Span[0] = _first[0];
            return 1;
        }

        int length = await inner.ReadAsync(buffer, cancellationToken);
        HasEnded = length == 0 && buffer.Length > 0;
        _total += length;
        return _total <= most ? length : throw FetchRefusedException.BodyTooLarge(most);
    }

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
    }
}
