using System.Text;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>A URL in its parts (URL standard §4.1). Hosts are kept as they are written in a URL.</summary>
internal sealed class UrlRecord
{
    internal string Scheme { get; set; } = "";

    internal string Username { get; set; } = "";

    internal string Password { get; set; } = "";

    /// <summary>Null when there is none, which is not the same as an empty one.</summary>
    internal string? Host { get; set; }

    /// <summary>Null when it is the scheme's default.</summary>
    internal int? Port { get; set; }

    internal List<string> Path { get; private set; } = [];

    /// <summary>The path of a URL such as <c>mailto:</c>, which has no structure; null for all others.</summary>
    internal string? OpaquePath { get; set; }

    internal string? Query { get; set; }

    internal string? Fragment { get; set; }

    internal bool IsSpecial => Schemes.IsSpecial(Scheme);

    internal bool HasCredentials => Username.Length > 0 || Password.Length > 0;

    internal bool CannotHaveCredentials => string.IsNullOrEmpty(Host) || Scheme is "file";

    internal UrlRecord Copy()
    {
        var copy = (UrlRecord)MemberwiseClone();
        copy.Path = [.. Path];
        return copy;
    }

    /// <summary>Takes the last segment off, save the drive letter of a file.</summary>
    internal void Shorten()
    {
        if (Path.Count > 0 && !(Scheme is "file" && Path.Count == 1 && Schemes.IsNormalDriveLetter(Path[0])))
        {
            Path.RemoveAt(Path.Count - 1);
        }
    }

    internal string PathText() => OpaquePath ?? (Path.Count == 0 ? "" : "/" + string.Join('/', Path));

    internal string Href(bool withFragment = true)
    {
        var text = new StringBuilder(Scheme).Append(':');
        if (Host is not null)
        {
            text.Append("//");
            if (HasCredentials)
            {
                text.Append(Username);
                if (Password.Length > 0)
                {
                    text.Append(':').Append(Password);
                }

                text.Append('@');
            }

            text.Append(HostText());
        }
        else if (OpaquePath is null && Path.Count > 1 && Path[0].Length == 0)
        {
            // Else the path would be read as a host.
            text.Append("/.");
        }

        text.Append(PathText());
        if (Query is not null)
        {
            text.Append('?').Append(Query);
        }

        return withFragment && Fragment is not null ? text.Append('#').Append(Fragment).ToString() : text.ToString();
    }

    internal string HostText() => Port is { } port ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Host}:{port}") : Host ?? "";

    internal string Origin() => Scheme switch
    {
        "blob" => UrlParser.Parse(PathText(), null) is { Scheme: "http" or "https" } inner ? inner.Origin() : "null",
        "http" or "https" or "ws" or "wss" or "ftp" => $"{Scheme}://{HostText()}",
        _ => "null",
    };
}

/// <summary>What the standard says of single schemes.</summary>
internal static class Schemes
{
    internal static bool IsSpecial(string scheme) => scheme is "http" or "https" or "ws" or "wss" or "ftp" or "file";

    internal static int? DefaultPort(string scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        "ftp" => 21,
        _ => null,
    };

    /// <summary><c>C:</c> or <c>C|</c>.</summary>
    internal static bool IsDriveLetter(ReadOnlySpan<char> text) => text.Length == 2 && char.IsAsciiLetter(text[0]) && text[1] is ':' or '|';

    internal static bool IsNormalDriveLetter(ReadOnlySpan<char> text) => text.Length == 2 && char.IsAsciiLetter(text[0]) && text[1] == ':';

    /// <summary>A drive letter that is a whole segment.</summary>
    internal static bool StartsWithDriveLetter(ReadOnlySpan<char> text) =>
        text.Length >= 2 && IsDriveLetter(text[..2]) && (text.Length == 2 || text[2] is '/' or '\\' or '?' or '#');
}
