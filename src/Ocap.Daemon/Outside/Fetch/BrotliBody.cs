using System.Buffers;
using System.IO.Compression;

namespace Ocap.Daemon.Outside.Fetch;

/// <summary>What Brotli has compressed. The framework's own stream would bring the encoder into the executable too, which is ten times the decoder.</summary>
internal sealed class BrotliBody(Stream source) : ReadingStream
{
    private readonly byte[] _input = new byte[16 * 1024];
    private BrotliDecoder _decoder;
    private ReadOnlyMemory<byte> _left;

    /// <exception cref="InvalidDataException">It is not valid, or it ends too early.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            OperationStatus status = _decoder.Decompress(_left.Span, buffer.Span, out int consumed, out int written);
            _left = _left[consumed..];
            if (written > 0 || status is OperationStatus.Done)
            {
                return written;
            }

            if (status is not OperationStatus.NeedMoreData)
            {
                throw new InvalidDataException("The decoder found invalid data.");
            }

            int length = await source.ReadAsync(_input, cancellationToken);
            if (length == 0)
            {
                throw new InvalidDataException("The data ends too early.");
            }

            _left = _input.AsMemory(0, length);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _decoder.Dispose();
        return source.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
            source.Dispose();
        }
    }
}
