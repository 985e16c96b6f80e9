using System.Threading.Channels;
using Ocap.Kernel.Outside;

namespace Ocap.Daemon.Tests.Outside;

/// <summary>Hears what happens outside, in order.</summary>
internal sealed class Listener : IOutsideClient
{
    private readonly Channel<(long Id, OutsideEvent Event)> _events = Channel.CreateUnbounded<(long, OutsideEvent)>();

    public void Happened(long id, OutsideEvent happening) => _events.Writer.TryWrite((id, happening));

    internal async Task<T> Next<T>()
        where T : OutsideEvent
    {
        (long _, OutsideEvent happening) = await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        return happening as T ?? throw new InvalidOperationException($"heard {happening}");
    }

    internal List<string> Heard()
    {
        List<string> heard = [];
        while (_events.Reader.TryRead(out (long Id, OutsideEvent Event) next))
        {
            heard.Add($"{next.Id} {next.Event.GetType().Name}");
        }

        return heard;
    }
}
