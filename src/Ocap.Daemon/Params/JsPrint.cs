using System.Text.Json;
using Ocap.Marshal;

namespace Ocap.Daemon.Params;

/// <summary>Values as they stand in the reference's complaints: strings in quotes, all else as JavaScript's <c>String(value)</c> prints it.</summary>
internal static class JsPrint
{
    /// <summary>How much of a value a complaint shows, in UTF-16 units.</summary>
    private const int LongestValue = 200;

    internal static string Value(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.String ? SmallcapsText.QuoteJson(value.GetString()!) : Text(value);
        return text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "undefined",
        JsonValueKind.Null => "null",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => JsNumber.ToText(Number(value)),
        JsonValueKind.Object => "[object Object]",
        _ => string.Join(',', value.EnumerateArray().Take(LongestValue).Select(item => item.ValueKind == JsonValueKind.Null ? "" : Text(item))),
    };

    /// <summary>A JSON number as the double that JavaScript reads it as.</summary>
    internal static double Number(JsonElement number) => number.TryGetDouble(out double value) ? value : number.GetRawText()[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
}
