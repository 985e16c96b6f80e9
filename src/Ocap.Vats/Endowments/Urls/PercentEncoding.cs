using System.Buffers;
using System.Text;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>The percent-encode sets of the URL standard: the ASCII characters that are encoded; every other character always is.</summary>
internal sealed class EncodeSet
{
    private readonly SearchValues<char> _kept;

    private EncodeSet(string encoded)
    {
        Encoded = encoded;
        _kept = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(static c => (char)c).Where(c => !encoded.Contains(c, StringComparison.Ordinal))]);
    }

    internal static EncodeSet Control { get; } = new("");

    internal static EncodeSet Fragment { get; } = Control.And(" \"<>`");

    internal static EncodeSet Query { get; } = Control.And(" \"#<>");

    internal static EncodeSet SpecialQuery { get; } = Query.And("'");

    internal static EncodeSet Path { get; } = Query.And("?^`{}");

    internal static EncodeSet UserInfo { get; } = Path.And("/:;=@[\\]^|");

    private string Encoded { get; }

    /// <summary>The text with what belongs to the set encoded, as UTF-8.</summary>
    internal string Encode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept(_kept) < 0)
        {
            return text.ToString();
        }

        var encoded = new StringBuilder(text.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && _kept.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (byte one in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append("0123456789ABCDEF"[one >> 4]).Append("0123456789ABCDEF"[one & 15]);
            }
        }

        return encoded.ToString();
    }

    private EncodeSet And(string more) => new(Encoded + more);
}

/// <summary>Undoes percent-encoding.</summary>
internal static class PercentDecoding
{
    /// <summary>The bytes that a text with <c>%41</c> in it stands for.</summary>
    internal static byte[] Bytes(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == '%' && i + 2 < utf8.Length && char.IsAsciiHexDigit((char)utf8[i + 1]) && char.IsAsciiHexDigit((char)utf8[i + 2]))
            {
                utf8[length++] = (byte)((Digit(utf8[i + 1]) << 4) | Digit(utf8[i + 2]));
                i += 2;
            }
            else
            {
                utf8[length++] = utf8[i];
            }
        }

        return utf8[..length];
    }

    /// <summary>The same as text; bytes that are not UTF-8 become U+FFFD.</summary>
    internal static string Text(string text) => text.Contains('%', StringComparison.Ordinal) ? Encoding.UTF8.GetString(Bytes(text)) : text;

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
