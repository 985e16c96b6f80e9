using System.Runtime.Versioning;
using Ocap.Daemon.Outside.Fetch;
using Ocap.Daemon.Outside.Files;
using Ocap.Kernel.Outside;

namespace Ocap.Daemon.Outside;

/// <summary>The outside world of one heap of a vat: what is under way for it, by the vat's own ids.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class VatOutside : IVatOutside
{
    private readonly OutsideWorld _world;
    private readonly IOutsideClient _client;
    private readonly Lazy<VatReach> _reach;
    private readonly Lazy<ConfinedFiles> _files;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Action> _cancels = [];
    private readonly Dictionary<long, FetchRun> _fetches = [];
    private bool _isEnded;

    internal VatOutside(OutsideWorld world, string vatConfig, IOutsideClient client)
    {
        (_world, _client) = (world, client);
        _reach = new Lazy<VatReach>(() => VatReach.Of(vatConfig));
        _files = new Lazy<ConfinedFiles>(() => new ConfinedFiles(_reach.Value));
    }

    public void Begin(OutsideRequest request)
    {
        switch (request)
        {
            case StartTimer timer:
                Register(timer.Id, () =>
                {
                    TimerQueue.Entry entry = _world.Timers.Add(timer.Milliseconds, () => Tell(timer.Id, new TimerFired(), isLast: true));
                    return () => _world.Timers.Cancel(entry);
                });
                break;
            case StartFetch fetch:
                Begin(fetch);
                break;
            case ContinueFetch next:
                Fetch(next.Id)?.Continue(next.HasRest);
                break;
            case ReadFile read:
                Work(read.Id, () => _files.Value.Read(read.Path));
                break;
            case AccessFile access:
                Work(access.Id, () => _files.Value.Access(access.Path, access.Mode));
                break;
            case CancelRequest:
                Take(request.Id)?.Invoke();
                break;
        }
    }

    public FileProbe FileExists(string path)
    {
        try
        {
            return _files.Value.Exists(path);
        }
        catch (Exception broken)
        {
            return new FileProbe(false, broken.Message);
        }
    }

    public void End()
    {
        Action[] cancels;
        lock (_lock)
        {
            _isEnded = true;
            cancels = [.. _cancels.Values];
            _cancels.Clear();
            _fetches.Clear();
        }

        foreach (Action cancel in cancels)
        {
            cancel();
        }
    }

    private void Begin(StartFetch fetch)
    {
        if (Refusal(fetch) is { } refusal)
        {
            _client.Happened(fetch.Id, new OutsideFailure("TypeError", refusal, null));
            return;
        }

        Register(fetch.Id, () =>
        {
            var run = new FetchRun(fetch, _reach.Value, _world.Http, _world.Limits, happening => Tell(fetch.Id, happening, happening.IsLast));
            _fetches[fetch.Id] = run;
            run.Start();
            return run.Dispose;
        });
    }

    /// <summary>Why a request would be too much beside those that are under way, or null.</summary>
    private string? Refusal(StartFetch fetch)
    {
        FetchLimits limits = _world.Limits;
        lock (_lock)
        {
            return _fetches.Count >= limits.MostAtOnce ? $"a vat may have {limits.MostAtOnce} requests under way at once"
                : _fetches.Values.Sum(static run => run.SentBytes) + (fetch.Body?.Length ?? 0) > limits.MostSentBytes
                    ? $"a vat's requests under way may send {limits.MostSentBytes >> 20} MiB together"
                    : null;
        }
    }

    /// <summary>Begins something and keeps how to give it up; whatever it tells meanwhile waits until that is known.</summary>
    private void Register(long id, Func<Action> begin)
    {
        lock (_lock)
        {
            if (!_isEnded)
            {
                _cancels[id] = begin();
            }
        }
    }

    /// <summary>Does something that may take a while, off the kernel's thread.</summary>
    private void Work(long id, Func<OutsideEvent> work) => Register(id, () =>
    {
        ThreadPool.QueueUserWorkItem(_ => Tell(id, Guarded(work), isLast: true));
        return static () => { };
    });

    /// <summary>Whatever goes wrong with a file is the vat's to hear, and not the end of the process.</summary>
    private static OutsideEvent Guarded(Func<OutsideEvent> work)
    {
        try
        {
            return work();
        }
        catch (Exception broken)
        {
            return new OutsideFailure("Error", broken.Message, null);
        }
    }

    private void Tell(long id, OutsideEvent happening, bool isLast)
    {
        lock (_lock)
        {
            // What was given up is not told any more, nor what comes of giving it up.
            if (_isEnded || !_cancels.ContainsKey(id))
            {
                return;
            }

            if (isLast)
            {
                _cancels.Remove(id);
                _fetches.Remove(id);
            }
        }

        _client.Happened(id, happening);
    }

    private FetchRun? Fetch(long id)
    {
        lock (_lock)
        {
            return _fetches.GetValueOrDefault(id);
        }
    }

    private Action? Take(long id)
    {
        lock (_lock)
        {
            _fetches.Remove(id);
            return _cancels.Remove(id, out Action? cancel) ? cancel : null;
        }
    }
}
