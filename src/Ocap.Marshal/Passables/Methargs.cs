using System.Text.Json;

namespace Ocap.Marshal.Passables;

/// <summary>Reads what a message carries: <c>[method, args]</c>.</summary>
public static class Methargs
{
    private const int LongestName = 1_000;

    /// <summary>
    /// The method's name, without reading further, however long the arguments are; null when there is none that could be read. Whether the rest can be read
    /// is seen by whoever reads it.
    /// </summary>
    public static string? Method(CapData methargs)
    {
        ReadOnlySpan<char> body = methargs.Body;
        if (!body.StartsWith("#[\"", StringComparison.Ordinal))
        {
            return null;
        }

        body = body[2..];
        int end = 1;
        while (end < body.Length && end <= LongestName && body[end] != '"')
        {
            end += body[end] == '\\' ? 2 : 1;
        }

        if (end >= body.Length || body[end] != '"')
        {
            return null;
        }

        try
        {
            using JsonDocument name = JsonDocument.Parse(body[..(end + 1)].ToString());
            string text = JsonStringText.Of(name.RootElement);
            return text is ['#' or '%' or '$' or '&' or '+' or '-', ..] ? null : SmallcapsText.UnescapeString(text);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The arguments.</summary>
    /// <exception cref="FormatException">They cannot be read.</exception>
    public static IReadOnlyList<Passable> Arguments(CapData methargs) =>
        PassableReader.Read(methargs) is Passable.List { Items: [_, Passable.List arguments] }
            ? arguments.Items
            : throw new FormatException("it is not of the form [method, args]");
}
