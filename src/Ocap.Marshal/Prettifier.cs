using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ocap.Marshal;

/// <summary>Shows a marshalled value to a person: JSON in which what JSON cannot say (references, bigints, errors…) is readable text. Not meant to be read back.</summary>
public static class Prettifier
{
    /// <summary>The value as compact JSON text.</summary>
    /// <exception cref="FormatException">The body does not start with <c>#</c>, or is no JSON after it.</exception>
    public static string Prettify(CapData value)
    {
        if (!value.Body.StartsWith('#'))
        {
            throw new FormatException($"Expected body to start with '#', got: {value.Body[..Math.Min(20, value.Body.Length)]}");
        }
        JsonDocument body;
        try
        {
            body = JsonDocument.Parse(value.Body.AsMemory(1), SmallcapsBody.ParseOptions);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The value cannot be shown, its body is no JSON: {e.Message}", e);
        }
        using (body)
        {
            var text = new StringBuilder(value.Body.Length + 16);
            Append(text, body.RootElement, value.Slots);
            return text.ToString();
        }
    }

    private static void Append(StringBuilder text, JsonElement value, IReadOnlyList<string> slots)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                SmallcapsText.AppendJson(text, ShowString(JsonStringText.Of(value), slots));
                break;
            case JsonValueKind.Array:
                text.Append('[');
                string separator = "";
                foreach (JsonElement element in value.EnumerateArray())
                {
                    text.Append(separator);
                    Append(text, element, slots);
                    separator = ",";
                }
                text.Append(']');
                break;
            case JsonValueKind.Object:
                AppendRecord(text, value, slots);
                break;
            case JsonValueKind.Number:
                double number = JsonNumberText.ToDouble(value);
                text.Append(double.IsFinite(number) ? JsNumber.ToText(number) : "null");
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendRecord(StringBuilder text, JsonElement record, IReadOnlyList<string> slots)
    {
        if (JsonStringText.TryFind(record, "#tag", out JsonElement tag))
        {
            text.Append('{');
            SmallcapsText.AppendJson(text, $"[Tagged: {ShowInline(tag, slots)}]");
            text.Append(':');
            if (JsonStringText.TryFind(record, "payload", out JsonElement payload))
            {
                Append(text, payload, slots);
            }
            else
            {
                text.Append("null");
            }
            text.Append('}');
            return;
        }
        if (JsonStringText.TryFind(record, "#error", out JsonElement message))
        {
            string name = JsonStringText.TryFind(record, "name", out JsonElement given) ? ShowInline(given, slots) : "Error";
            SmallcapsText.AppendJson(text, $"[{name}: {ShowInline(message, slots)}]");
            return;
        }
        text.Append('{');
        string separator = "";
        var entries = record.EnumerateObject()
            .Select(p => KeyValuePair.Create(SmallcapsText.UnescapeString(JsonStringText.NameOf(p)), p.Value));
        foreach (var (key, element) in JsObjectOrder.Arrange(entries))
        {
            text.Append(separator);
            SmallcapsText.AppendJson(text, key);
            text.Append(':');
            Append(text, element, slots);
            separator = ",";
        }
        text.Append('}');
    }

    private static string ShowInline(JsonElement value, IReadOnlyList<string> slots) =>
        value.ValueKind == JsonValueKind.String ? ShowString(JsonStringText.Of(value), slots) : value.GetRawText();

    private static string ShowString(string encoded, IReadOnlyList<string> slots) => encoded switch
    {
        ['!', .. var rest] => rest,
        ['$' or '&', .. var reference] => ShowReference(reference, slots) ?? encoded,
        ['+', .. var digits] => digits + "n",
        ['-', ..] => encoded + "n",
        ['#', .. var constant] => $"[{constant}]",
        ['%', .. var symbol] => $"[Symbol: {symbol}]",
        _ => encoded,
    };

    /// <summary><c>0</c> or <c>0.Iface</c> as <c>&lt;ko12&gt;</c> or <c>&lt;ko12&gt; (Iface)</c>; null when it is neither.</summary>
    private static string? ShowReference(string reference, IReadOnlyList<string> slots)
    {
        int dot = reference.IndexOf('.', StringComparison.Ordinal);
        string number = dot < 0 ? reference : reference[..dot];
        string iface = dot < 0 ? "" : reference[(dot + 1)..];
        if (number.Length == 0 || number.AsSpan().ContainsAnyExceptInRange('0', '9') || (dot >= 0 && iface.Length == 0))
        {
            return null;
        }
        string kref = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < slots.Count ? slots[index] : "?" + number;
        return iface.Length == 0 ? $"<{kref}>" : $"<{kref}> ({iface})";
    }
}
