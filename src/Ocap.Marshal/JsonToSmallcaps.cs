using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ocap.Marshal;

/// <summary>Turns plain JSON (a vat's parameters, a message's arguments) into smallcaps, as marshalling the parsed value in JavaScript would.</summary>
public static class JsonToSmallcaps
{
    /// <summary>
    /// The body of <paramref name="value"/> without its leading <c>#</c>. Numbers become doubles first, as <c>JSON.parse</c> makes them; of a key given twice
    /// the last value counts; keys come sorted by UTF-16 code units, array indexes before all others because JavaScript prints them so.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is no JSON value (<see cref="JsonValueKind.Undefined"/>).</exception>
    public static string Encode(JsonElement value)
    {
        var body = new StringBuilder();
        Append(body, value);
        return body.ToString();
    }

    /// <summary>The CapData of <c>[method, args]</c>: what a message carries. It mentions no references.</summary>
    /// <exception cref="ArgumentException"><paramref name="argsArray"/> is no JSON array.</exception>
    public static CapData Methargs(string method, JsonElement argsArray)
    {
        if (argsArray.ValueKind != JsonValueKind.Array)
        {
            throw new ArgumentException($"The arguments of \"{method}\" must be a JSON array, not {argsArray.ValueKind}.", nameof(argsArray));
        }
        var body = new StringBuilder("#[");
        SmallcapsText.AppendEncoded(body, method);
        body.Append(',');
        Append(body, argsArray);
        return new CapData(body.Append(']').ToString(), []);
    }

    private static void Append(StringBuilder body, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendRecord(body, value);
                break;
            case JsonValueKind.Array:
                AppendArray(body, value);
                break;
            case JsonValueKind.String:
                SmallcapsText.AppendEncoded(body, JsonStringText.Of(value));
                break;
            case JsonValueKind.Number:
                AppendNumber(body, JsonNumberText.ToDouble(value));
                break;
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                body.Append(value.GetRawText());
                break;
            default:
                throw new ArgumentException("There is no JSON value here to encode.", nameof(value));
        }
    }

    private static void AppendArray(StringBuilder body, JsonElement array)
    {
        body.Append('[');
        bool first = true;
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (!first)
            {
                body.Append(',');
            }
            first = false;
            Append(body, element);
        }
        body.Append(']');
    }

    private static void AppendRecord(StringBuilder body, JsonElement record)
    {
        var entries = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty property in record.EnumerateObject())
        {
            entries[JsonStringText.NameOf(property)] = property.Value;
        }
        body.Append('{');
        bool first = true;
        foreach (var (key, element) in JsObjectOrder.Arrange(entries))
        {
            if (!first)
            {
                body.Append(',');
            }
            first = false;
            SmallcapsText.AppendEncoded(body, key);
            body.Append(':');
            Append(body, element);
        }
        body.Append('}');
    }

    // JSON can write numbers that overflow (1e999); JavaScript reads them as Infinity, and smallcaps has a name for that.
    private static void AppendNumber(StringBuilder body, double number)
    {
        string text = JsNumber.ToText(number);
        if (double.IsFinite(number))
        {
            body.Append(text);
        }
        else
        {
            body.Append(CultureInfo.InvariantCulture, $"\"#{text}\"");
        }
    }
}
