using System.Net.Http;
using System.Net.Sockets;
using Ocap.Daemon.Outside.Fetch;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>
/// Requests by http and https. The framework's TLS is OpenSSL on Linux, loaded at run time, which a static executable does not survive: there, https is
/// http through a <see cref="TlsStream"/>. Elsewhere it is the system's.
/// </summary>
internal sealed class WebHandler : HttpMessageHandler
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _plain = new(Handler());
    private readonly HttpMessageInvoker? _secured;

    internal WebHandler()
        : this(TrustStore.OfSystem)
    {
    }

    internal WebHandler(TrustStore trust)
    {
        if (OperatingSystem.IsLinux())
        {
            SocketsHttpHandler handler = Handler();
            handler.ConnectCallback = (context, cancel) => SecureAsync(context.DnsEndPoint, trust, cancel);
            _secured = new HttpMessageInvoker(handler);
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_secured is null || request.RequestUri is not { } url || !string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal))
        {
            return _plain.SendAsync(request, cancellationToken);
        }

        // The handler would bring its own TLS to https, so it is told http; the server must not see the difference.
        request.Headers.Host ??= url.IsDefaultPort ? HostOf(url) : $"{HostOf(url)}:{url.Port}";
        request.RequestUri = ExactUrl.Of($"http://{HostOf(url)}:{url.Port}{url.PathAndQuery}") ?? throw new HttpRequestException($"'{url}' cannot be fetched");
        return _secured.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
            _secured?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = ConnectPatience,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),

        // A header of the web's is a string of bytes, in both directions.
        RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
    };

    private static async ValueTask<Stream> SecureAsync(System.Net.DnsEndPoint server, TrustStore trust, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancel);
            return await TlsStream.ConnectAsync(new NetworkStream(socket, ownsSocket: true), server.Host, trust, cancel);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string HostOf(Uri url) => url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost;
}
