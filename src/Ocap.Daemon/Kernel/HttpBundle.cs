using Ocap.Daemon.Outside.Tls;
using Ocap.Vats;

namespace Ocap.Daemon.Kernel;

/// <summary>Fetches a bundle by http or https, as <c>ocap serve</c> offers them.</summary>
internal static class HttpBundle
{
    private const int MostRedirects = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The content behind a URL, at most <paramref name="mostBytes"/>.</summary>
    /// <exception cref="BundleException">It cannot be had.</exception>
    internal static byte[] Read(Uri url, int mostBytes)
    {
        using var client = new HttpClient(new WebHandler()) { Timeout = Patience, MaxResponseContentBufferSize = mostBytes };
        Uri at = url;
        for (int redirects = 0; redirects <= MostRedirects; redirects++)
        {
            RequireSpeakable(at, url);
            try
            {
                // The whole body is buffered, under the limits of time and size above.
                using HttpResponseMessage response = client.SendAsync(new HttpRequestMessage(HttpMethod.Get, at), HttpCompletionOption.ResponseContentRead).GetAwaiter().GetResult();
                if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } next)
                {
                    at = new Uri(at, next);
                    continue;
                }

                if (!response.IsSuccessStatusCode)
                {
                    throw new BundleException($"fetch of user code {url} failed: {(int)response.StatusCode}");
                }

                using var body = new MemoryStream();
                response.Content.ReadAsStream().CopyTo(body);
                return body.ToArray();
            }
            catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException or IOException)
            {
                throw new BundleException($"fetch of user code {url} failed: {failed.Message}");
            }
        }

        throw new BundleException($"fetch of user code {url} failed: more than {MostRedirects} redirects");
    }

    private static void RequireSpeakable(Uri at, Uri asked)
    {
        if (at.Scheme is not ("http" or "https"))
        {
            throw new BundleException($"fetch of user code {asked} failed: only file:, http: and https: URLs can be fetched");
        }
    }
}
