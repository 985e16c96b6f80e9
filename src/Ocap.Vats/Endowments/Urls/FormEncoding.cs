using System.Text;

namespace Ocap.Vats.Endowments.Urls;

/// <summary><c>application/x-www-form-urlencoded</c>: names and values as the query of a URL has them.</summary>
internal static class FormEncoding
{
    /// <summary>Name, value, name, value…</summary>
    internal static List<string> Parse(string text)
    {
        var parts = new List<string>();
        foreach (string pair in text.Split('&'))
        {
            if (pair.Length == 0)
            {
                continue;
            }

            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            parts.Add(Decode(equals < 0 ? pair : pair[..equals]));
            parts.Add(equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }

        return parts;
    }

    internal static string Serialize(IReadOnlyList<string> parts)
    {
        var text = new StringBuilder();
        for (int i = 0; i < parts.Count; i++)
        {
            text.Append(i == 0 ? "" : i % 2 == 0 ? "&" : "=");
            Append(text, parts[i]);
        }

        return text.ToString();
    }

    private static string Decode(string text) => PercentDecoding.Text(text.Replace('+', ' '));

    private static void Append(StringBuilder text, string value)
    {
        foreach (byte one in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)one) || one is (byte)'*' or (byte)'-' or (byte)'.' or (byte)'_')
            {
                text.Append((char)one);
            }
            else if (one == ' ')
            {
                text.Append('+');
            }
            else
            {
                text.Append('%').Append("0123456789ABCDEF"[one >> 4]).Append("0123456789ABCDEF"[one & 15]);
            }
        }
    }
}
