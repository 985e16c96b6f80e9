using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ocap.Marshal;

/// <summary>How smallcaps writes strings: its own prefix rule, and JSON quoting exactly as JavaScript's <c>JSON.stringify</c> does it.</summary>
public static class SmallcapsText
{
    // What JSON.stringify never writes raw. Surrogates are in the set because a lone one is escaped; pairs are checked one by one.
    private static readonly SearchValues<char> NotRaw = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    /// <summary>True when a string's first character would be read as a smallcaps marker (<c>!</c> to <c>-</c>, 0x21 to 0x2D).</summary>
    public static bool NeedsPrefix(ReadOnlySpan<char> value) => value.Length > 0 && value[0] is >= '!' and <= '-';

    /// <summary>The smallcaps form of a string or record key: prefixed with <c>!</c> when its first character is a marker.</summary>
    public static string EscapeString(string value) => NeedsPrefix(value) ? "!" + value : value;

    /// <summary>The string that a smallcaps string stands for: a leading <c>!</c> is taken off.</summary>
    public static string UnescapeString(string encoded) => encoded is ['!', ..] ? encoded[1..] : encoded;

    /// <summary>Appends <paramref name="value"/> as a JSON string, quotes included, byte for byte as <c>JSON.stringify</c> would.</summary>
    public static void AppendJson(StringBuilder target, ReadOnlySpan<char> value)
    {
        target.Append('"');
        while (true)
        {
            int stop = value.IndexOfAny(NotRaw);
            if (stop < 0)
            {
                target.Append(value).Append('"');
                return;
            }
            target.Append(value[..stop]);
            value = value[(stop + AppendSpecial(target, value[stop..]))..];
        }
    }

    /// <summary>The JSON string literal for <paramref name="value"/>.</summary>
    public static string QuoteJson(string value)
    {
        var target = new StringBuilder(value.Length + 2);
        AppendJson(target, value);
        return target.ToString();
    }

    /// <summary>Appends a string as smallcaps has it inside a body: prefixed where needed, then quoted.</summary>
    internal static void AppendEncoded(StringBuilder target, string value) => AppendJson(target, EscapeString(value));

    private static int AppendSpecial(StringBuilder target, ReadOnlySpan<char> rest)
    {
        char c = rest[0];
        if (char.IsHighSurrogate(c) && rest.Length > 1 && char.IsLowSurrogate(rest[1]))
        {
            target.Append(rest[..2]);
            return 2;
        }
        switch (c)
        {
            case '"': target.Append("\\\""); break;
            case '\\': target.Append("\\\\"); break;
            case '\b': target.Append("\\b"); break;
            case '\f': target.Append("\\f"); break;
            case '\n': target.Append("\\n"); break;
            case '\r': target.Append("\\r"); break;
            case '\t': target.Append("\\t"); break;
            default: target.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
        }
        return 1;
    }
}
