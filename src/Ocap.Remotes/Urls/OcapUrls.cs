using Ocap.Kernel.Api;
using Ocap.Kernel.Urls;
using Ocap.Marshal;
using Ocap.Remotes.Identity;

namespace Ocap.Remotes.Urls;

/// <summary>OCAP URLs of one kernel, made and read with its identity, on threads of the pool: so many at once, the others wait in order.</summary>
/// <param name="identity">The kernel's identity; completes when it is ready, fails when it cannot be had.</param>
public sealed class OcapUrls(Task<KernelIdentity> identity) : IOcapUrls
{
    /// <summary>More would take the processor from vats. The kernel bounds how many may wait.</summary>
    private const int MostAtOnce = 2;

    private readonly Lock _lock = new();
    private readonly Queue<Action<KernelIdentity>> _waiting = new();
    private int _workers;

    /// <inheritdoc />
    public void Issue(string kref, Action<Answer<string>> issued) => Do(issued, self =>
        new OcapUrl(UrlSeal.Close(self.OcapUrlKey, kref), self.PeerId.Text, []).ToString());

    /// <inheritdoc />
    public void Redeem(string url, Action<Answer<string>> redeemed)
    {
        if (!OcapUrl.TryParse(url, out OcapUrl? parsed, out string? complaint))
        {
            redeemed(Answer<string>.Fail(complaint));
            return;
        }

        Do(redeemed, self => Open(self, parsed));
    }

    private static string Open(KernelIdentity self, OcapUrl url)
    {
        if (!string.Equals(url.Peer, self.PeerId.Text, StringComparison.Ordinal))
        {
            throw new OcapUrlException($"Remote comms not initialized: the URL is of the kernel {url.Peer}, and this version of ocap reaches its own objects only");
        }

        if (url.Oid[0] != 'z')
        {
            throw new OcapUrlException($"Unable to decode multibase string {SmallcapsText.QuoteJson(url.Oid)}, base58btc decoder only supports inputs prefixed with z");
        }

        return UrlSeal.Open(self.OcapUrlKey, url.Oid) ?? throw new OcapUrlException("ocapURL has bad object reference");
    }

    private void Do(Action<Answer<string>> told, Func<KernelIdentity, string> work)
    {
        void Work(KernelIdentity self)
        {
            Answer<string> answer;
            try
            {
                answer = Answer<string>.Ok(work(self));
            }
            catch (Exception failed)
            {
                answer = Answer<string>.Fail(failed.Message);
            }

            told(answer);
        }

        _ = identity.ContinueWith(
            ready =>
            {
                if (ready.IsCompletedSuccessfully)
                {
                    Queue(Work);
                }
                else
                {
                    told(Answer<string>.Fail($"Remote identity not initialized: {ready.Exception?.GetBaseException().Message ?? "the daemon is stopping"}"));
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private void Queue(Action<KernelIdentity> work)
    {
        lock (_lock)
        {
            _waiting.Enqueue(work);
            if (_workers == MostAtOnce)
            {
                return;
            }

            _workers++;
        }

        ThreadPool.QueueUserWorkItem(_ => Run());
    }

    private void Run()
    {
        while (true)
        {
            Action<KernelIdentity>? next;
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _workers--;
                    return;
                }
            }

            next(identity.Result);
        }
    }
}
