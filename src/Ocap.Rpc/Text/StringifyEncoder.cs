using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Ocap.Rpc.Text;

/// <summary>
/// Escapes JSON strings as JavaScript's <c>JSON.stringify</c> does: the quote, the backslash, control characters and unpaired surrogates, and nothing else.
/// The framework's most relaxed encoder also escapes emoji, private-use characters and spaces of several kinds.
/// </summary>
public sealed unsafe class StringifyEncoder : JavaScriptEncoder
{
    /// <summary>The one instance.</summary>
    public static readonly StringifyEncoder Instance = new();

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private StringifyEncoder()
    {
    }

    /// <inheritdoc />
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc />
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or (>= 0xD800 and <= 0xDFFF);

    /// <inheritdoc />
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        int escaped = utf8Text.IndexOfAny(EscapedBytes);
        ReadOnlySpan<byte> before = escaped < 0 ? utf8Text : utf8Text[..escaped];
        return System.Text.Unicode.Utf8.IsValid(before) ? escaped : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    /// <inheritdoc />
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        for (int i = 0; i < span.Length; i++)
        {
            char c = span[i];
            if (char.IsHighSurrogate(c) && i + 1 < span.Length && char.IsLowSurrogate(span[i + 1]))
            {
                i++;
            }
            else if (WillEncode(c))
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc />
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        string text = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ when WillEncode(unicodeScalar) => "\\u" + unicodeScalar.ToString("x4", CultureInfo.InvariantCulture),
            _ => new Rune(unicodeScalar).ToString(),
        };
        numberOfCharactersWritten = text.TryCopyTo(target) ? text.Length : 0;
        return numberOfCharactersWritten > 0;
    }
}
