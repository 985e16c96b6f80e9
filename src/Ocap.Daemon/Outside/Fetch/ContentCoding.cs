using System.IO.Compression;
using System.Net.Http;

namespace Ocap.Daemon.Outside.Fetch;

/// <summary>
/// Takes the codings off a response's body, as Node's fetch does: gzip, deflate with and without its wrapper, and Brotli, several upon each other. A
/// body that ends too early gives what came; one that is broken is an error. Each coding gives so many bytes at most.
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

        string[] codings = [.. string.Join(',', values).ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries)];
        if (codings.Length > Most)
        {
            throw new FetchRefusedException("TypeError", $"too many content-encodings in response: {codings.Length}, maximum allowed is {Most}", null);
        }

        return codings.All(static coding => coding is "gzip" or "x-gzip" or "deflate" or "br") ? codings : [];
    }

    internal static Stream Decoded(Stream body, IEnumerable<string> codings, long most) =>
        codings.Reverse().Aggregate(body, (under, coding) => new DecodedStream(new BoundedStream(under, most), coding));

    /// <summary>What decodes one coding. Whether deflate has a wrapper, as it should, its first byte tells.</summary>
    internal static async ValueTask<Stream> DecoderAsync(BoundedStream source, string coding, CancellationToken cancel) => coding switch
    {
        "br" => new BrotliBody(source),
        "deflate" when await source.PeekAsync(cancel) is { } first && (first & 0x0F) != 8 => new DeflateStream(source, CompressionMode.Decompress),
        "deflate" => new ZLibStream(source, CompressionMode.Decompress),
        _ => new GZipStream(source, CompressionMode.Decompress),
    };
}
