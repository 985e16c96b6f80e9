using System.Net.Http;
using System.Text;
using Ocap.Kernel.Outside;

namespace Ocap.Daemon.Outside.Fetch;

/// <summary>One request of a chain of redirects.</summary>
/// <param name="Url">Where it goes.</param>
/// <param name="Shown">The same as the vat is told it: without fragment, and letter for letter as it was asked for.</param>
/// <param name="Method">GET, POST…</param>
/// <param name="Headers">Names and values in order.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record Hop(Uri Url, string Shown, string Method, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body)
{
    // Who a request is for and how it is framed is not the vat's to say: a Host header would go past the list of hosts.
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "via",
    };

    private static readonly HashSet<string> OfTheBody = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-encoding", "content-language", "content-location", "content-type",
    };

    internal static Hop First(StartFetch request)
    {
        string shown = request.Url.Split('#')[0];
        return ExactUrl.Of(shown) is { } url
            ? new Hop(url, shown, request.Method, request.Headers, request.Body)
            : throw new FetchRefusedException("TypeError", $"'{request.Url}' cannot be fetched", null);
    }

    /// <summary>Refuses what the vat may not reach.</summary>
    /// <exception cref="FetchRefusedException">It may not.</exception>
    internal void Require(VatReach reach)
    {
        if (Url.IsFile)
        {
            throw new FetchRefusedException("Error", "fetch cannot target file:// URLs. Use the fs platform capability (VatConfig.platformConfig.fs) for filesystem access.", null);
        }

        if (!reach.Hosts.Contains(Url.IdnHost) && !reach.Hosts.Contains(Url.Host))
        {
            throw new FetchRefusedException("Error", $"Invalid host: {Url.Host}", null);
        }

        if (Url.Scheme is not ("http" or "https"))
        {
            throw new FetchRefusedException("TypeError", "unknown scheme", null);
        }
    }

    internal HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), Url);
        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
        }
        else if (Method is "POST" or "PUT" or "PATCH")
        {
            message.Content = new ReadOnlyMemoryContent(default);
        }

        foreach ((string name, string value) in Headers)
        {
            if (!Ours.Contains(name) && !message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        AddUnlessThere(message, "accept", "*/*");
        AddUnlessThere(message, "accept-language", "*");
        AddUnlessThere(message, "accept-encoding", ContentCoding.Accepted(Url, isOfRange: message.Headers.Contains("range")));
        AddUnlessThere(message, "user-agent", "ocap");
        return message;
    }

    /// <summary>Where a response sends the request, or null when it is no redirect (Fetch standard §4.4).</summary>
    /// <exception cref="FetchRefusedException">It leads nowhere.</exception>
    internal Hop? Next(HttpResponseMessage response)
    {
        // As it came: what the framework cannot parse, it calls absent.
        int status = (int)response.StatusCode;
        if (status is not (301 or 302 or 303 or 307 or 308) || !response.Headers.NonValidated.TryGetValues("location", out System.Net.Http.Headers.HeaderStringValues location))
        {
            return null;
        }

        string target = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(string.Join(", ", location)));
        if (!Uri.TryCreate(new Uri(Shown), target, out Uri? next))
        {
            throw new FetchRefusedException("TypeError", "Invalid URL", "ERR_INVALID_URL");
        }

        if (next.UserInfo.Length > 0)
        {
            throw new FetchRefusedException("TypeError", "cross origin not allowed for request mode \"cors\"", null);
        }

        bool isSameOrigin = Uri.Compare(Url, next, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
        bool losesBody = (status is 301 or 302 && Method is "POST") || (status is 303 && Method is not ("GET" or "HEAD"));
        KeyValuePair<string, string>[] headers =
        [
            .. Headers.Where(header => !(losesBody && OfTheBody.Contains(header.Key)) && (isSameOrigin || header.Key.ToLowerInvariant() is not ("authorization" or "cookie" or "proxy-authorization"))),
        ];
        return new Hop(next, next.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped), losesBody ? "GET" : Method, headers, losesBody ? null : Body);
    }

    private static void AddUnlessThere(HttpRequestMessage message, string name, string value)
    {
        if (!message.Headers.Contains(name))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
