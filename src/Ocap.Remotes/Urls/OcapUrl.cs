using System.Diagnostics.CodeAnalysis;

namespace Ocap.Remotes.Urls;

/// <summary>An OCAP URL taken apart: <c>ocap:&lt;oid&gt;@&lt;peer&gt;[,&lt;hint&gt;…]</c> (spec/remotes.md §2).</summary>
/// <param name="Oid">The sealed name of the object.</param>
/// <param name="Peer">The peer id of the kernel that issued it.</param>
/// <param name="Hints">Addresses where that kernel may be found.</param>
internal sealed record OcapUrl(string Oid, string Peer, IReadOnlyList<string> Hints)
{
    private const string Scheme = "ocap";

    /// <summary>Longer than any with a sensible number of hints.</summary>
    private const int Longest = 16 * 1024;

    /// <summary>Takes a URL apart; what is wrong with it is said in the words of spec/rpc.md §4.4.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out OcapUrl? url, [NotNullWhen(false)] out string? complaint)
    {
        url = null;
        string bare = Bare(text);
        int colon = bare.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !IsScheme(bare.AsSpan(0, colon)) || bare.Length > Longest)
        {
            complaint = "unparseable URL";
            return false;
        }

        if (!bare.AsSpan(0, colon).Equals(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            complaint = "not an ocap URL";
            return false;
        }

        complaint = "bad ocap URL";
        string path = bare[(colon + 1)..];
        int end = path.IndexOfAny(['?', '#']);
        if ((end < 0 ? path : path[..end]).Split('@') is not [{ Length: > 0 } oid, var where] || oid[0] == '/')
        {
            return false;
        }

        string[] parts = where.Split(',');
        if (parts[0].Length == 0)
        {
            return false;
        }

        // #843 of the reference ends every URL with a comma.
        url = new OcapUrl(oid, parts[0], [.. parts.Skip(1).Where(static hint => hint.Length > 0)]);
        complaint = null;
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Scheme}:{string.Join(',', [$"{Oid}@{Peer}", .. Hints])}";

    /// <summary>As the URL standard has it: no controls and spaces around it, no tabs and line ends within.</summary>
    private static string Bare(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (rest is [<= ' ', ..])
        {
            rest = rest[1..];
        }

        while (rest is [.., <= ' '])
        {
            rest = rest[..^1];
        }

        return rest.ContainsAny('\t', '\n', '\r') ? string.Concat(rest.ToString().Where(static c => c is not ('\t' or '\n' or '\r'))) : rest.ToString();
    }

    private static bool IsScheme(ReadOnlySpan<char> scheme)
    {
        foreach (char c in scheme)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(scheme[0]);
    }
}
