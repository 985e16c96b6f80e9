using System.Buffers;
using System.IO.Compression;

namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>What Brotli has compressed. The framework's own stream would bring the encoder into the executable too, which is ten times the decoder.</summary>
internal sealed class BrotliBody(Stream source) : ReadingStream
{
    private readonly byte[] _input = new byte[16 * 1024];
    private BrotliDecoder _decoder;
    private ReadOnlyMemory<byte> _left;
    private long _window;
    private long _total;

    /// <summary>
    /// Bytes that the decoder keeps of what it has written, its window: up to 16 MiB, as the server pleases. It takes them as it fills them, and runs ahead of
    /// who reads: then the window may be full.
    /// </summary>
    internal long Held { get; private set; }

    /// <exception cref="InvalidDataException">It is not valid.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            OperationStatus status = _decoder.Decompress(_left.Span, buffer, out int consumed, out int written);
            _left = _left[consumed..];
            _total += written;
            Held = Math.Max(Held, status is OperationStatus.DestinationTooSmall ? _window : Math.Min(_window, _total));
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

            if (_window == 0)
            {
                _window = WindowOf(_input[0]);
            }

            _left = _input.AsMemory(0, length);
        }
    }

    /// <summary>The first byte of a stream says how large its window is (RFC 7932 §9.1).</summary>
    private static long WindowOf(byte first) => 1L << ((first & 1, (first >> 1) & 7, (first >> 4) & 7) switch
    {
        (0, _, _) => 16,
        (_, > 0 and var bits, _) => 17 + bits,
        (_, _, 0) => 17,
        (_, _, 1) => 24, // no such window; the decoder says so
        (_, _, var bits) => 8 + bits,
    });

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
        }
    }
}
