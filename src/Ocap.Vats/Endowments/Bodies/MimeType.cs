using System.Text;

namespace Ocap.Vats.Endowments.Bodies;

/// <summary>A MIME type as the web reads and writes it (MIME Sniffing standard §4), and what the content-type headers of a message say together (Fetch standard §3.4).</summary>
internal sealed class MimeType(string essence)
{
    private readonly List<KeyValuePair<string, string>> _parameters = [];

    /// <summary>Type and subtype, in small letters.</summary>
    internal string Essence => essence;

    internal string? Parameter(string name) => _parameters.Find(parameter => string.Equals(parameter.Key, name, StringComparison.Ordinal)).Value;

    /// <summary>The type that header values mean, or null when none of them is one.</summary>
    internal static MimeType? OfHeaders(IEnumerable<string> values)
    {
        MimeType? found = null;
        string? charset = null;
        foreach (MimeType type in values.SelectMany(Members).Select(Parse).OfType<MimeType>().Where(static type => type.Essence is not "*/*"))
        {
            if (!string.Equals(type.Essence, found?.Essence, StringComparison.Ordinal))
            {
                charset = type.Parameter("charset");
            }
            else if (type.Parameter("charset") is null && charset is not null)
            {
                type._parameters.Add(new("charset", charset));
            }

            found = type;
        }

        return found;
    }

    internal static MimeType? Parse(string text)
    {
        string[] pieces = text.Trim(' ', '\t', '\r', '\n').Split(';', 2);
        string[] names = pieces[0].TrimEnd(' ', '\t', '\r', '\n').Split('/', 2);
        if (names.Length < 2 || !IsToken(names[0]) || !IsToken(names[1]))
        {
            return null;
        }

        var type = new MimeType(pieces[0].TrimEnd(' ', '\t', '\r', '\n').ToLowerInvariant());
        for (string rest = pieces.Length > 1 ? pieces[1] : ""; rest.Length > 0;)
        {
            rest = type.TakeParameter(rest.TrimStart(' ', '\t', '\r', '\n'));
        }

        return type;
    }

    public override string ToString() => essence + string.Concat(_parameters.Select(static parameter =>
        $";{parameter.Key}={(IsToken(parameter.Value) ? parameter.Value : $"\"{parameter.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"")}"));

    internal static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);

    private static bool IsToken(string text) => text.Length > 0 && text.All(IsTokenCharacter);

    /// <summary>Reads one <c>name=value</c> and what ends it; gives what is left.</summary>
    private string TakeParameter(string text)
    {
        int end = text.AsSpan().IndexOfAny(';', '=');
        if (end < 0 || text[end] == ';')
        {
            return end < 0 ? "" : text[(end + 1)..];
        }

        string name = text[..end].ToLowerInvariant(), value;
        int at = end + 1;
        if (at < text.Length && text[at] == '"')
        {
            (value, at) = Quoted(text, at);
            at = text.IndexOf(';', at);
        }
        else
        {
            at = text.IndexOf(';', at);
            value = (at < 0 ? text[(end + 1)..] : text[(end + 1)..at]).TrimEnd(' ', '\t', '\r', '\n');
            if (value.Length == 0)
            {
                name = "";
            }
        }

        if (IsToken(name) && Parameter(name) is null && value.All(static c => c is '\t' or (>= ' ' and <= '~') or (>= '\u0080' and <= '\u00FF')))
        {
            _parameters.Add(new(name, value));
        }

        return at < 0 ? "" : text[(at + 1)..];
    }

    private static (string Value, int End) Quoted(string text, int quote)
    {
        var value = new StringBuilder();
        int at = quote + 1;
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            value.Append(text[at]);
        }

        return (value.ToString(), Math.Min(at + 1, text.Length));
    }

    /// <summary>The members of a header that is a list; commas between quotes separate nothing.</summary>
    private static IEnumerable<string> Members(string value)
    {
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (value[i] == '\\' && isQuoted)
            {
                i++;
            }
            else if (value[i] == ',' && !isQuoted)
            {
                yield return value[start..i];
                start = i + 1;
            }
        }

        yield return value[Math.Min(start, value.Length)..];
    }
}
