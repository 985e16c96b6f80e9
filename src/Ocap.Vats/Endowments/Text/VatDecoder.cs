using System.Text;

namespace Ocap.Vats.Endowments.Text;

/// <summary>Bytes to text, piece by piece: what a piece leaves unfinished waits for the next.</summary>
internal abstract class VatDecoder
{
    /// <summary>The text of a piece; null when it is invalid and the decoder does not forgive that.</summary>
    /// <param name="bytes">The piece.</param>
    /// <param name="hasMore">More may follow; else what is unfinished is invalid, and the decoder starts anew.</param>
    internal abstract string? Decode(ReadOnlySpan<byte> bytes, bool hasMore);
}

/// <summary>A decoder on top of the runtime's, which replaces what is invalid as the Encoding standard wants it, and of a mark at the beginning.</summary>
internal abstract class MarkedDecoder(Encoding encoding, bool isFatal, bool ignoresMark) : VatDecoder
{
    private Decoder _decoder = Fresh(encoding, isFatal);
    private bool _hasBegun;

    internal override string? Decode(ReadOnlySpan<byte> bytes, bool hasMore)
    {
        string text;
        try
        {
            var characters = new char[_decoder.GetCharCount(bytes, flush: !hasMore)];
            int length = _decoder.GetChars(bytes, characters, flush: !hasMore);
            text = new string(characters, 0, length);
        }
        catch (DecoderFallbackException)
        {
            StartAnew();
            return null;
        }

        if (!_hasBegun && text.Length > 0)
        {
            _hasBegun = true;
            text = !ignoresMark && text[0] == '\uFEFF' ? text[1..] : text;
        }

        if (!hasMore)
        {
            StartAnew();
        }

        return text;
    }

    private void StartAnew()
    {
        _decoder = Fresh(encoding, isFatal);
        _hasBegun = false;
    }

    private static Decoder Fresh(Encoding encoding, bool isFatal)
    {
        Decoder decoder = encoding.GetDecoder();
        decoder.Fallback = isFatal ? DecoderFallback.ExceptionFallback : new DecoderReplacementFallback("\uFFFD");
        return decoder;
    }
}

/// <summary>UTF-8.</summary>
internal sealed class Utf8Decoder(bool isFatal, bool ignoresMark) : MarkedDecoder(Encoding.UTF8, isFatal, ignoresMark);

/// <summary>UTF-16 of either byte order.</summary>
internal sealed class Utf16Decoder(bool isBigEndian, bool isFatal, bool ignoresMark)
    : MarkedDecoder(isBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode, isFatal, ignoresMark);

/// <summary>An encoding in which every byte is a character, or none.</summary>
internal sealed class SingleByteDecoder(SingleByteTable table, bool isFatal) : VatDecoder
{
    internal override string? Decode(ReadOnlySpan<byte> bytes, bool hasMore)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte one in bytes)
        {
            char c = one < 0x80 ? (char)one : table.Upper[one - 0x80];
            if (isFatal && c == '\uFFFD')
            {
                return null;
            }

            text.Append(c);
        }

        return text.ToString();
    }
}
