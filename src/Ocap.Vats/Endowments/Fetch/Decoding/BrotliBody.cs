using System.Buffers;
using System.IO.Compression;

namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>What Brotli has compressed. The framework's own stream would bring the encoder into the executable too, which is ten times the decoder.</summary>
internal sealed class BrotliBody(Stream source) : ReadingStream
{
    private readonly byte[] _input = new byte[16 * 1024];
    private BrotliDecoder _decoder;
    private ReadOnlyMemory<byte> _left;

    /// <exception cref="InvalidDataException">It is not valid.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            OperationStatus status = _decoder.Decompress(_left.Span, buffer, out int consumed, out int written);
            _left = _left[consumed..];
            if (written > 0 || status is OperationStatus.Done)
            {
                return written;
            }

            if (status is not OperationStatus.NeedMoreData)
            {
                throw new InvalidDataException("The decoder found invalid data.");
            }

            int length = source.Read(_input);
            if (length == 0)
            {
                return 0;
            }

            _left = _input.AsMemory(0, length);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
        }
    }
}
