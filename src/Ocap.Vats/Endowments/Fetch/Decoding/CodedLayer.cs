using System.IO.Compression;

namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>A body without one of its codings.</summary>
internal sealed class CodedLayer(string coding, Stream under, long most, DecodingWork work) : ReadingStream
{
    private readonly CodedInput _input = new(under, most, work);
    private Stream? _decoder;

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
            return _decoder?.Read(buffer) ?? 0;
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder?.Dispose();
            under.Dispose();
        }
    }
}
