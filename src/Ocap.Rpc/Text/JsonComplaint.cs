using System.Globalization;
using System.Text;

namespace Ocap.Rpc.Text;

/// <summary>
/// What is wrong with a text that is no JSON, in the words that JavaScript's <c>JSON.parse</c> has for it in Node, where most clients come from.
/// Only walked when a text has already been refused.
/// </summary>
public static class JsonComplaint
{
    private const int ContextUnits = 10;
    private const int WindowBytes = 64;

    /// <summary>The sentence about a text that a JSON reader refused.</summary>
    /// <param name="text">Valid UTF-8.</param>
    public static string About(ReadOnlySpan<byte> text)
    {
        var walk = new JsonWalk(text);
        JsonFault fault = walk.FirstFault();
        int position = Math.Min(walk.Position, text.Length);
        return fault switch
        {
            JsonFault.None => "Request is not valid JSON",
            JsonFault.EndOfInput => "Unexpected end of JSON input",
            JsonFault.Token when position == text.Length => "Unexpected end of JSON input",
            JsonFault.Token => UnexpectedToken(text, position),
            _ => $"{Phrase(fault)} at position {Place(text, position)}",
        };
    }

    /// <summary>Where that is, in bytes from the start; the end when something is missing there.</summary>
    /// <param name="text">As for <see cref="About"/>.</param>
    public static int PositionIn(ReadOnlySpan<byte> text)
    {
        var walk = new JsonWalk(text);
        walk.FirstFault();
        return Math.Min(walk.Position, text.Length);
    }

    private static string Phrase(JsonFault fault) => fault switch
    {
        JsonFault.PropertyNameOrEnd => "Expected property name or '}' in JSON",
        JsonFault.PropertyName => "Expected double-quoted property name in JSON",
        JsonFault.Colon => "Expected ':' after property name in JSON",
        JsonFault.CommaOrBrace => "Expected ',' or '}' after property value in JSON",
        JsonFault.CommaOrBracket => "Expected ',' or ']' after array element in JSON",
        JsonFault.TextAfterEnd => "Unexpected non-whitespace character after JSON",
        JsonFault.UnterminatedString => "Unterminated string in JSON",
        JsonFault.ControlCharacter => "Bad control character in string literal in JSON",
        JsonFault.Escape => "Bad escaped character in JSON",
        JsonFault.UnicodeEscape => "Bad Unicode escape in JSON",
        JsonFault.MinusSign => "No number after minus sign in JSON",
        JsonFault.LeadingZero => "Unexpected number in JSON",
        JsonFault.Fraction => "Unterminated fractional number in JSON",
        _ => "Exponent part is missing a number in JSON",
    };

    /// <summary>Position, line and column as JavaScript counts them: in UTF-16 units.</summary>
    private static string Place(ReadOnlySpan<byte> text, int position)
    {
        ReadOnlySpan<byte> before = text[..position];
        int lineStart = before.LastIndexOf((byte)'\r') + 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Encoding.UTF8.GetCharCount(before)} (line {before.Count((byte)'\r') + 1} column {Encoding.UTF8.GetCharCount(before[lineStart..]) + 1})");
    }

    private static string UnexpectedToken(ReadOnlySpan<byte> text, int position)
    {
        string before = Encoding.UTF8.GetString(text[RuneStart(text, position - WindowBytes)..position]);
        string after = Encoding.UTF8.GetString(text[position..RuneStart(text, position + WindowBytes)]);
        int unitsBefore = Encoding.UTF8.GetCharCount(text[..position]);
        int units = unitsBefore + Encoding.UTF8.GetCharCount(text[position..]);
        string token = Rune.GetRuneAt(after, 0).ToString();
        if (units <= 2 * ContextUnits)
        {
            string all = before + after;
            return all is "NaN" or "undefined" or "Infinity" or "[object Object]"
                ? $"\"{all}\" is not valid JSON"
                : $"Unexpected token '{token}', \"{all}\" is not valid JSON";
        }

        bool cutBefore = unitsBefore >= ContextUnits;
        bool cutAfter = unitsBefore < units - ContextUnits;
        string shown = string.Concat(cutBefore ? before[CharacterStart(before, before.Length - ContextUnits)..] : before, cutAfter ? after[..CharacterStart(after, ContextUnits)] : after);
        return $"Unexpected token '{token}', {(cutBefore ? "..." : "")}\"{shown}\"{(cutAfter ? "..." : "")} is not valid JSON";
    }

    /// <summary>The nearest place at or before this one that is not inside a surrogate pair.</summary>
    private static int CharacterStart(string text, int position) => position < text.Length && char.IsLowSurrogate(text[position]) ? position - 1 : position;

    /// <summary>The nearest place at or before this one where a character starts.</summary>
    private static int RuneStart(ReadOnlySpan<byte> text, int position)
    {
        int start = Math.Clamp(position, 0, text.Length);
        while (start > 0 && start < text.Length && (text[start] & 0xC0) == 0x80)
        {
            start--;
        }

        return start;
    }
}
