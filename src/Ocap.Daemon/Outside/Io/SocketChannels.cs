using System.Runtime.Versioning;
using System.Text.Json;
using Ocap.Daemon.Log;
using Ocap.Kernel.Services.Io;

namespace Ocap.Daemon.Outside.Io;

/// <summary>Opens IO channels of the one type there is, <c>socket</c> (spec/cluster-config.md §3).</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class SocketChannels(DaemonLog log, ChannelLimits limits) : IIoChannelFactory, IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<SocketChannel> _open = [];

    public IoOpening Open(string name, string config)
    {
        using JsonDocument document = JsonDocument.Parse(config);
        string type = document.RootElement.GetProperty("type").GetString() ?? "";
        if (type is not "socket")
        {
            return new IoOpening(null, $"Unsupported IO channel type \"{type}\" for channel \"{name}\"");
        }

        string path = document.RootElement.GetProperty("path").GetString() ?? "";
        try
        {
            var channel = new SocketChannel(name, ChannelSocket.Listen(path, IsTaken), limits, log, Closed);
            lock (_lock)
            {
                _open.Add(channel);
            }

            channel.Start();
            return new IoOpening(channel, null);
        }
        catch (ChannelRefusedException refused)
        {
            return new IoOpening(null, $"IO channel \"{name}\" cannot be opened: {refused.Message}");
        }
    }

    /// <summary>Closes what the kernel has not: it did not live to stop in order.</summary>
    public void Dispose()
    {
        SocketChannel[] left;
        lock (_lock)
        {
            left = [.. _open];
        }

        foreach (SocketChannel channel in left)
        {
            channel.Close();
        }
    }

    private bool IsTaken(string path)
    {
        lock (_lock)
        {
            return _open.Any(channel => channel.IsAt(path));
        }
    }

    private void Closed(SocketChannel channel)
    {
        lock (_lock)
        {
            _open.Remove(channel);
        }
    }
}
