using System.Text;

namespace Ocap.Cli.Http;

/// <summary>The head of a request, as far as serving files needs it (RFC 9112). What is not exactly right is refused: nothing here guesses.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Target">As sent, percent-encoded, without query.</param>
/// <param name="IfNoneMatch">The entity tags the client has; null for none.</param>
/// <param name="KeepsAlive">Whether another request may follow on the connection. One with a body is the last: bodies are not read.</param>
internal sealed record HttpRequest(string Method, string Target, string? IfNoneMatch, bool KeepsAlive)
{
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <param name="head">The request line and the headers, without the empty line.</param>
    /// <returns>Null when it is not HTTP/1.</returns>
    internal static HttpRequest? Parse(ReadOnlySpan<byte> head)
    {
        string[] lines = Encoding.Latin1.GetString(head).Split("\r\n");
        string[] first = lines[0].Split(' ');
        if (first is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"] || !IsToken(method) || PathOf(target) is not { } path)
            return null;
        bool isOld = first[2] is "HTTP/1.0";
        bool keepsAlive = !isOld;
        int hosts = 0;
        string? ifNoneMatch = null;
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || !IsToken(line[..colon]) || line.Any(c => char.IsControl(c) && c != '\t'))
                return null;
            string value = line[(colon + 1)..].Trim(' ', '\t');
            switch (line[..colon].ToLowerInvariant())
            {
                case "host": hosts++; break;
                case "if-none-match": ifNoneMatch = ifNoneMatch is null ? value : $"{ifNoneMatch},{value}"; break;
                case "connection": keepsAlive &= !value.Contains("close", StringComparison.OrdinalIgnoreCase); break;
                case "content-length": keepsAlive &= value is "0"; break;
                case "transfer-encoding": keepsAlive = false; break;
            }
        }
        return hosts == 1 || (isOld && hosts == 0) ? new HttpRequest(method, path, ifNoneMatch, keepsAlive) : null;
    }

    /// <summary>Whether the client has what carries this entity tag.</summary>
    internal bool Has(string tag) => IfNoneMatch is not null
        && IfNoneMatch.Split(',', StringSplitOptions.TrimEntries).Any(t => t is "*" || string.Equals(t.StartsWith("W/", StringComparison.Ordinal) ? t[2..] : t, tag, StringComparison.Ordinal));

    private static string? PathOf(string target)
    {
        // A proxy's client sends the whole URL.
        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            target = target.IndexOf('/', "http://".Length) is > 0 and var slash ? target[slash..] : "/";
        int query = target.IndexOf('?', StringComparison.Ordinal);
        return target is ['/', ..] or "*" && target.All(c => c is > ' ' and < '\u007f' and not '#') ? query < 0 ? target : target[..query] : null;
    }

    private static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || TokenMarks.Contains(c, StringComparison.Ordinal));
}
