using Ocap.Kernel.Services;
using Ocap.Kernel.Services.Io;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Tests.Doubles;

/// <summary>IO channels in memory: lines come when the test says so.</summary>
internal sealed class TestIo : IIoChannelFactory
{
    internal List<TestChannel> All { get; } = [];

    /// <summary>Why the next channel cannot be opened, or null.</summary>
    internal string? Refuses { get; set; }

    public IoOpening Open(string name, string config)
    {
        if (Refuses is { } why || config.Contains("console", StringComparison.Ordinal))
        {
            return new IoOpening(null, Refuses ?? $"Unsupported IO channel type \"console\" for channel \"{name}\"");
        }

        var channel = new TestChannel(name, config);
        All.Add(channel);
        return new IoOpening(channel, null);
    }
}

/// <summary>One of them.</summary>
internal sealed class TestChannel(string name, string config) : IIoChannel
{
    internal string Name => name;

    internal string Config => config;

    internal List<string> Written { get; } = [];

    internal Queue<ServiceCall> Reads { get; } = new();

    internal int Closings { get; private set; }

    public void Read(ServiceCall call) => Reads.Enqueue(call);

    public void Write(ServiceCall call, string data)
    {
        Written.Add(data);
        call.Fulfill(Passable.Undefined);
    }

    public void Close()
    {
        Closings++;
        while (Reads.TryDequeue(out ServiceCall? call))
        {
            call.Fulfill(Passable.Null);
        }
    }

    /// <summary>A line comes for the oldest read; whether anybody received it is known when the kernel has settled.</summary>
    internal List<bool> Line(string line)
    {
        var received = new List<bool>();
        Reads.Dequeue().Fulfill(new Passable.Text(line), received.Add);
        return received;
    }
}
