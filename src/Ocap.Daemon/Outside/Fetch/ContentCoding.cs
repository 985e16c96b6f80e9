using System.Net.Http;

namespace Ocap.Daemon.Outside.Fetch;

/// <summary>
/// The codings of a response's body, as Node's fetch understands them: gzip, deflate and Brotli, several upon each other. They are only read off here; where
/// the vat's code runs they are taken off.
/// </summary>
internal static class ContentCoding
{
    private const int Most = 5;

    /// <summary>What a request says it understands, unless its author says something else: Brotli by https only, for what stands between meddles with http.</summary>
    internal static string Accepted(Uri url, bool isOfRange) => isOfRange ? "identity" : url.Scheme is "https" ? "br, gzip, deflate" : "gzip, deflate";

    /// <summary>The codings of a response in the order in which they were put on; none when there is one among them that is not known.</summary>
    /// <exception cref="FetchRefusedException">There are too many.</exception>
    internal static IReadOnlyList<string> Of(HttpResponseMessage response)
    {
        if (response.RequestMessage?.Method == HttpMethod.Head || (int)response.StatusCode is 204 or 205 or 304
            || !response.Content.Headers.NonValidated.TryGetValues("content-encoding", out System.Net.Http.Headers.HeaderStringValues values))
        {
            return [];
        }

        string[] codings = [.. string.Join(',', values).ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries).Select(static coding => coding is "x-gzip" ? "gzip" : coding)];
        if (codings.Length > Most)
        {
            throw new FetchRefusedException("TypeError", $"too many content-encodings in response: {codings.Length}, maximum allowed is {Most}", null);
        }

        return codings.All(static coding => coding is "gzip" or "deflate" or "br") ? codings : [];
    }
}
