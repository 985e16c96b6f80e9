namespace Ocap.Daemon.Outside.Fetch;

/// <summary>A body without one of its codings.</summary>
internal sealed class DecodedStream(BoundedStream source, string coding) : Stream
{
    private Stream? _decoder;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            _decoder ??= await ContentCoding.DecoderAsync(source, coding, cancellationToken);
            return await _decoder.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException)
        {
            // Too short is no error to a browser either: servers get the last bytes wrong.
            return source.HasEnded ? 0 : throw new FetchRefusedException("TypeError", $"the body is no valid {coding}", "Z_DATA_ERROR");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body is read without waiting.");

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await (_decoder?.DisposeAsync() ?? default);
        await source.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder?.Dispose();
            source.Dispose();
        }
    }
}
