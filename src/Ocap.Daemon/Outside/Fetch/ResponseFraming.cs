using System.Net.Http;
using System.Net.Http.Headers;

namespace Ocap.Daemon.Outside.Fetch;

/// <summary>
/// What a response says of where it ends must be clear (RFC 9112 §6.3): the framework forgives a length that is no number, two of them, and one beside
/// chunks, and would take what the server meant otherwise. Node's fetch refuses them too.
/// </summary>
internal static class ResponseFraming
{
    /// <exception cref="FetchRefusedException">It is not.</exception>
    internal static void Require(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is 101)
        {
            throw new FetchRefusedException("TypeError", "bad upgrade", "UND_ERR_SOCKET");
        }

        if (response.Content.Headers.NonValidated.TryGetValues("content-length", out HeaderStringValues lengths)
            && (response.Headers.NonValidated.Contains("transfer-encoding") || !AreOneLength(string.Join(',', lengths).Split(',', StringSplitOptions.TrimEntries))))
        {
            throw new FetchRefusedException("TypeError", "Response body length does not match content-length header", "UND_ERR_RES_CONTENT_LENGTH_MISMATCH");
        }
    }

    private static bool AreOneLength(string[] lengths) =>
        lengths.Distinct(StringComparer.Ordinal).Count() == 1 && lengths[0].All(char.IsAsciiDigit) && long.TryParse(lengths[0], System.Globalization.CultureInfo.InvariantCulture, out _);
}
