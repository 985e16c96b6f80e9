using System.IO.Compression;

namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>A body without one of its codings.</summary>
internal sealed class CodedLayer(string coding, Stream under, DecodingAllowance allowance) : ReadingStream
{
    private readonly CodedInput _input = new(under, allowance);
    private Stream? _decoder;
    private long _held;

    // What a decoder takes when it begins, roughly: zlib its window and state, Brotli its tables; its window comes to that.
    private long OfTheDecoder => coding is "br" ? 512 << 10 : 64 << 10;

    /// <summary>Nothing more comes of it, whatever may still arrive.</summary>
    internal bool HasEnded { get; private set; }

    /// <exception cref="BodyRefusedException">It is not valid, or too large.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (HasEnded)
        {
            return 0;
        }

        _input.HasRunDry = false;
        int length = Decoded(buffer);

        // A decoder that gives nothing and has not even looked whether there is more is at its end; so is one whose source is.
        HasEnded = length == 0 && (!_input.HasRunDry || under is CodedLayer { HasEnded: true });
        return length;
    }

    private int Decoded(Span<byte> buffer)
    {
        try
        {
            _decoder ??= Decoder();
            if (_decoder is not { } decoder)
            {
                return 0;
            }

            int length = decoder.Read(buffer);
            Hold(OfTheDecoder + ((decoder as BrotliBody)?.Held ?? 0));
            return length;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw BodyRefusedException.NotValid(coding);
        }
    }

    /// <summary>Null as long as it cannot be told which: whether deflate has a wrapper, as it should, its first byte says.</summary>
    private Stream? Decoder() => coding switch
    {
        "br" => new BrotliBody(_input),
        "gzip" => new GZipStream(_input, CompressionMode.Decompress),
        _ when _input.Peek() is { } first => (first & 0x0F) == 8 ? new ZLibStream(_input, CompressionMode.Decompress) : new DeflateStream(_input, CompressionMode.Decompress),
        _ => null,
    };

    private void Hold(long bytes)
    {
        if (bytes != _held)
        {
            allowance.Hold(bytes - _held);
            _held = bytes;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder?.Dispose();
            Hold(0);
            under.Dispose();
        }
    }
}
