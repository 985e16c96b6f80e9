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

/// <summary>Windows-1252, which the web means by latin1 and ascii. Every byte is a character.</summary>
internal sealed class Latin1Decoder : VatDecoder
{
    private const string From80 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    internal override string Decode(ReadOnlySpan<byte> bytes, bool hasMore)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (byte one in bytes)
        {
            text.Append(one is >= 0x80 and < 0xA0 ? From80[one - 0x80] : (char)one);
        }

        return text.ToString();
    }
}
