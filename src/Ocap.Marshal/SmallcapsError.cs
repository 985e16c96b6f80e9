using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Ocap.Marshal;

/// <summary>Error values in smallcaps: <c>{"#error":"message","name":"Name"}</c>.</summary>
public static class SmallcapsError
{
    /// <summary>An error value without identity or slots.</summary>
    public static CapData Make(string name, string message)
    {
        var body = new StringBuilder("#{\"#error\":", message.Length + name.Length + 32);
        SmallcapsText.AppendEncoded(body, message);
        body.Append(",\"name\":");
        SmallcapsText.AppendEncoded(body, name);
        return new CapData(body.Append('}').ToString(), []);
    }

    /// <summary>Reads name and message when <paramref name="value"/> is an error; a missing or odd name reads as <c>Error</c>. False for every other value.</summary>
    public static bool TryRead(CapData value, [NotNullWhen(true)] out string? name, [NotNullWhen(true)] out string? message)
    {
        name = message = null;
        // Answers are looked at often and are seldom errors: no parsing for those that cannot be one.
        if (!value.Body.StartsWith("#{", StringComparison.Ordinal) || !value.Body.Contains("\"#error\"", StringComparison.Ordinal))
        {
            return false;
        }
        try
        {
            using var body = JsonDocument.Parse(value.Body.AsMemory(1), SmallcapsBody.ParseOptions);
            JsonElement record = body.RootElement;
            if (!JsonStringText.TryFind(record, "#error", out JsonElement text) || text.ValueKind != JsonValueKind.String)
            {
                return false;
            }
            message = SmallcapsText.UnescapeString(JsonStringText.Of(text));
            name = JsonStringText.TryFind(record, "name", out JsonElement given) && given.ValueKind == JsonValueKind.String
                ? SmallcapsText.UnescapeString(JsonStringText.Of(given))
                : "Error";
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
