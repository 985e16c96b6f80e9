using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Ocap.Marshal;

/// <summary>
/// Reads JSON strings as <c>JSON.parse</c> does. <see cref="JsonElement.GetString"/> throws on a lone surrogate (<c>"\ud800"</c>),
/// which is a perfectly good JavaScript string.
/// </summary>
internal static class JsonStringText
{
    public static string Of(JsonElement element) => Unescape(JsonMarshal.GetRawUtf8Value(element)[1..^1]);

    public static string NameOf(JsonProperty property) => Unescape(JsonMarshal.GetRawUtf8PropertyName(property));

    /// <summary>The last property of that name. <see cref="JsonElement.TryGetProperty(string, out JsonElement)"/> throws where a name beside it has a lone surrogate.</summary>
    public static bool TryFind(JsonElement record, string name, out JsonElement value)
    {
        value = default;
        bool isThere = false;
        foreach (JsonProperty property in record.EnumerateObject())
        {
            if (string.Equals(NameOf(property), name, StringComparison.Ordinal))
            {
                (value, isThere) = (property.Value, true);
            }
        }

        return isThere;
    }

    // The parser has accepted the text already: every backslash starts a complete escape.
    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        int slash = raw.IndexOf((byte)'\\');
        if (slash < 0)
        {
            return Encoding.UTF8.GetString(raw);
        }
        var text = new StringBuilder(raw.Length);
        while (slash >= 0)
        {
            text.Append(Encoding.UTF8.GetString(raw[..slash]));
            byte kind = raw[slash + 1];
            int taken = 2;
            switch (kind)
            {
                case (byte)'b': text.Append('\b'); break;
                case (byte)'f': text.Append('\f'); break;
                case (byte)'n': text.Append('\n'); break;
                case (byte)'r': text.Append('\r'); break;
                case (byte)'t': text.Append('\t'); break;
                case (byte)'u':
                    text.Append((char)ushort.Parse(raw.Slice(slash + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    taken = 6;
                    break;
                default: text.Append((char)kind); break;
            }
            raw = raw[(slash + taken)..];
            slash = raw.IndexOf((byte)'\\');
        }
        return text.Append(Encoding.UTF8.GetString(raw)).ToString();
    }
}
