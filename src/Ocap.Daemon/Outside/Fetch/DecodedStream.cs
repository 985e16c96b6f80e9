namespace Ocap.Daemon.Outside.Fetch;

/// <summary>A body without one of its codings.</summary>
internal sealed class DecodedStream(BoundedStream source, string coding) : ReadingStream
{
    private Stream? _decoder;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            _decoder ??= await ContentCoding.DecoderAsync(source, coding, cancellationToken);
            return await _decoder.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            // Too short is no error to a browser either: servers get the last bytes wrong.
            return source.HasEnded ? 0 : throw new FetchRefusedException("TypeError", $"the body is no valid {coding}", "Z_DATA_ERROR");
        }
    }

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
