using Ocap.Kernel.Outside;

namespace Ocap.Daemon.Outside;

/// <summary>The outside world of one heap of a vat: what is under way for it, by the vat's own ids.</summary>
internal sealed class VatOutside(string vatConfig, IOutsideClient client, TimerQueue timers) : IVatOutside
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Action> _cancels = [];
    private bool _isEnded;

    public void Begin(OutsideRequest request)
    {
        switch (request)
        {
            case StartTimer timer:
                Register(timer.Id, () =>
                {
                    TimerQueue.Entry entry = timers.Add(timer.Milliseconds, timer.Repeats, () => Tell(timer.Id, new TimerFired(), isLast: !timer.Repeats));
                    return () => timers.Cancel(entry);
                });
                break;
            case CancelRequest:
                Take(request.Id)?.Invoke();
                break;
            default:
                Tell(request.Id, new OutsideFailure("Error", "This is not available", null), isLast: true);
                break;
        }
    }

    public FileProbe FileExists(string path) => new(false, vatConfig);

    public void End()
    {
        Action[] cancels;
        lock (_lock)
        {
            _isEnded = true;
            cancels = [.. _cancels.Values];
            _cancels.Clear();
        }

        foreach (Action cancel in cancels)
        {
            cancel();
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

    private void Tell(long id, OutsideEvent happening, bool isLast)
    {
        lock (_lock)
        {
            if (_isEnded)
            {
                return;
            }

            if (isLast)
            {
                _cancels.Remove(id);
            }
        }

        client.Happened(id, happening);
    }

    private Action? Take(long id)
    {
        lock (_lock)
        {
            return _cancels.Remove(id, out Action? cancel) ? cancel : null;
        }
    }
}
