using System.Net.Http;
using Ocap.Daemon.Outside.Tls;
using Ocap.Kernel.Outside;

namespace Ocap.Daemon.Outside.Fetch;

/// <summary>
/// One request of a vat on its way: every hop is checked against the vat's hosts, and the body is read piece by piece, the next when the vat asks for it.
/// </summary>
internal sealed class FetchRun(StartFetch request, VatReach reach, HttpMessageInvoker http, FetchLimits limits, Action<OutsideEvent> tell) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly SemaphoreSlim _room = new(0);
    private volatile bool _hasRest;

    /// <summary>Bytes of the body that it sends.</summary>
    internal long SentBytes => request.Body?.Length ?? 0;

    internal void Start() => _ = Task.Run(RunAsync);

    /// <summary>The vat has room for the next piece; said more often than that, it is said once.</summary>
    /// <param name="hasRest">It still has some of the last one: the next is empty.</param>
    internal void Continue(bool hasRest)
    {
        if (_room.CurrentCount == 0)
        {
            _hasRest = hasRest;
            _room.Release();
        }
    }

    /// <summary>Gives it up; nothing is told any more.</summary>
    public void Dispose() => _cancel.Cancel();

    private async Task RunAsync()
    {
        try
        {
            (HttpResponseMessage response, string url, bool isRedirected) = await InTimeAsync(limits.HeadPatience, FollowAsync);
            using (response)
            {
                tell(Head(response, url, isRedirected));
                await BodyAsync(response);
            }
        }
        catch (FetchRefusedException refused)
        {
            tell(new OutsideFailure(refused.Kind, refused.Message, refused.Code));
        }
        catch (Exception failed)
        {
            // Whatever the network does, the vat is told, and nothing but this request ends. One that was given up is told nothing: see VatOutside.
            tell(new OutsideFailure("TypeError", failed.Message, CodeOf(failed)));
        }
    }

    private async Task<T> InTimeAsync<T>(TimeSpan patience, Func<CancellationToken, Task<T>> work)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token);
        late.CancelAfter(patience);
        try
        {
            return await work(late.Token);
        }
        catch (Exception) when (late.IsCancellationRequested)
        {
            // A cancelled request fails in more ways than one.
            throw new FetchRefusedException("TypeError", "the server, or the vat, took too long", "ETIMEDOUT");
        }
    }

    /// <summary>The response that is no redirect, or is to be looked at as it is.</summary>
    private async Task<(HttpResponseMessage Response, string Url, bool IsRedirected)> FollowAsync(CancellationToken cancel)
    {
        Hop hop = Hop.First(request);
        for (int redirects = 0; ; redirects++)
        {
            hop.Require(reach);
            HttpResponseMessage response = await http.SendAsync(hop.ToMessage(), cancel);
            try
            {
                ResponseFraming.Require(response);
                if (Next(hop, response, redirects) is not { } next)
                {
                    return (response, hop.Shown, redirects > 0);
                }

                hop = next;
            }
            catch
            {
                response.Dispose();
                throw;
            }

            response.Dispose();
        }
    }

    private Hop? Next(Hop hop, HttpResponseMessage response, int redirects)
    {
        if (request.Redirect is "manual" || hop.Next(response) is not { } next)
        {
            return null;
        }

        if (request.Redirect is "error")
        {
            throw new FetchRefusedException("TypeError", "unexpected redirect", null);
        }

        return redirects < limits.MostRedirects ? next : throw new FetchRefusedException("TypeError", "redirect count exceeded", null);
    }

    private async Task BodyAsync(HttpResponseMessage response)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(_cancel.Token);
        byte[] piece = new byte[limits.PieceBytes];
        long total = 0;
        while (true)
        {
            int? length = await InTimeAsync<int?>(limits.BodyPatience, async cancel =>
            {
                await _room.WaitAsync(cancel);
                return _hasRest ? null : await body.ReadAsync(piece, cancel);
            });
            if (length == 0)
            {
                tell(new BodyEnd());
                return;
            }

            total += length ?? 0;
            if (total > limits.MostBytes)
            {
                throw FetchRefusedException.BodyTooLarge(limits.MostBytes);
            }

            tell(new BodyPiece(piece.AsSpan(0, length ?? 0).ToArray()));
        }
    }

    private static ResponseHead Head(HttpResponseMessage response, string url, bool isRedirected)
    {
        // A header is shown once with all its values, but cookies one by one, as a browser shows them.
        List<KeyValuePair<string, string>> headers = [];
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers.AddRange(values.Select(value => new KeyValuePair<string, string>(name.ToLowerInvariant(), value)));
        }

        return new ResponseHead((int)response.StatusCode, response.ReasonPhrase ?? "", url, isRedirected, headers) { Codings = ContentCoding.Of(response) };
    }

    private static string? CodeOf(Exception failed) => failed switch
    {
        TlsFailedException tls => tls.Code,
        { InnerException: TlsFailedException tls } => tls.Code,
        { InnerException: System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused } } => "ECONNREFUSED",
        { InnerException: System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.HostNotFound or System.Net.Sockets.SocketError.NoData or System.Net.Sockets.SocketError.TryAgain } } => "ENOTFOUND",
        { InnerException: System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionReset } } => "ECONNRESET",
        HttpRequestException or IOException => "UND_ERR_SOCKET",
        _ => null,
    };
}

/// <summary>A request may not go on: what the vat is told.</summary>
internal sealed class FetchRefusedException(string kind, string message, string? code) : Exception(message)
{
    internal static FetchRefusedException BodyTooLarge(long most) => new("TypeError", $"the body has more than {most >> 20} MiB", null);

    internal string Kind => kind;

    internal string? Code => code;
}
