using System.Text.Json;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Subclusters;
using Ocap.Marshal;

namespace Ocap.Kernel.Services.Io;

/// <summary>The IO channels of living subclusters: each is a service of the kernel under <c>io:&lt;subcluster&gt;:&lt;name&gt;</c>, from launch to end.</summary>
internal sealed class IoChannels(KernelCore core)
{
    private const string ServicePrefix = "io:";

    private readonly Dictionary<SubclusterId, List<(KRef Service, IIoChannel Channel)>> _open = [];

    /// <summary>The name of a channel's service.</summary>
    internal static string ServiceName(SubclusterId subcluster, string channel) => $"{ServicePrefix}{subcluster}:{channel}";

    /// <summary>Takes up the channels of a subcluster whose services are part of the state now.</summary>
    internal void Add(SubclusterId subcluster, IReadOnlyList<OpenIoChannel> channels)
    {
        if (channels.Count == 0)
        {
            return;
        }

        var open = new List<(KRef, IIoChannel)>();
        foreach (OpenIoChannel channel in channels)
        {
            string name = ServiceName(subcluster, channel.Name);
            KRef service = ServiceRows.Find(core.View(), name) ?? throw new KernelInvariantException($"{name} has no object");
            core.Services.Add(service, name, new IoService(name, channel.Direction, channel.Channel));
            open.Add((service, channel.Channel));
        }

        _open.Add(subcluster, open);
    }

    /// <summary>The subcluster has ended: its channels close when that is durable (K17), before anybody is told.</summary>
    internal void End(SubclusterId subcluster)
    {
        if (!_open.Remove(subcluster, out List<(KRef Service, IIoChannel Channel)>? open))
        {
            return;
        }

        foreach ((KRef service, IIoChannel channel) in open)
        {
            core.Services.Remove(service);
            core.Answer(channel.Close);
        }
    }

    /// <summary>Closes all of them: the kernel stops, or its state has been wiped.</summary>
    internal void EndAll()
    {
        foreach (SubclusterId subcluster in _open.Keys.ToArray())
        {
            End(subcluster);
        }
    }

    /// <summary>Takes the services of a subcluster's channels out of the state.</summary>
    internal static void Forget(Commit commit, SubclusterId subcluster)
    {
        foreach ((string key, string _) in commit.Writes.Scan($"{ServiceRows.Prefix}{ServicePrefix}{subcluster}:"))
        {
            ServiceRows.Remove(commit, key[ServiceRows.Prefix.Length..]);
        }
    }

    /// <summary>Opens the channels of every stored subcluster again, before its vats come back; services that belong to none are forgotten.</summary>
    internal void Restore()
    {
        List<SubclusterRecord> subclusters = new SubclusterTable(core.View()).All();
        Commit commit = core.Begin();
        var channels = new List<(SubclusterId Subcluster, List<OpenIoChannel> Open)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (SubclusterRecord record in subclusters)
        {
            List<OpenIoChannel> open = Reopen(record);
            foreach (string name in open.Select(channel => ServiceName(record.Id, channel.Name)))
            {
                known.Add(ServiceRows.Prefix + name);
                ServiceRows.FindOrCreate(commit.Writes, name);
            }

            channels.Add((record.Id, open));
        }

        foreach ((string key, string _) in commit.Writes.Scan(ServiceRows.Prefix + ServicePrefix))
        {
            if (!known.Contains(key))
            {
                ServiceRows.Remove(commit, key[ServiceRows.Prefix.Length..]);
            }
        }

        core.Merge(commit);
        foreach ((SubclusterId subcluster, List<OpenIoChannel> open) in channels)
        {
            Add(subcluster, open);
        }
    }

    /// <summary>Opens a channel. Whatever is wrong with it is the channel's to say, and nobody else's to suffer from.</summary>
    internal IoOpening Open(string name, string config)
    {
        try
        {
            return core.Options.Io?.Open(name, config) ?? new IoOpening(null, "This kernel has no IO channels.");
        }
        catch (Exception broken)
        {
            core.Powers.Log("error", $"IO channel \"{name}\" could not be opened: {broken}");
            return new IoOpening(null, broken.Message);
        }
    }

    private List<OpenIoChannel> Reopen(SubclusterRecord record)
    {
        using JsonDocument config = StoredJson.Parse(record.Config);
        var open = new List<OpenIoChannel>();
        foreach ((string name, string json) in ClusterConfig.IoOf(config.RootElement))
        {
            IoOpening opening = Open(name, json);
            if (opening.Failure is { } why)
            {
                core.Powers.Log("error", $"Failed to restore IO channels for subcluster {record.Id}: \"{name}\": {why}");
            }

            open.Add(new OpenIoChannel(name, OpenIoChannel.DirectionOf(json), opening.Channel ?? new LostIoChannel(name, opening.Failure ?? "")));
        }

        return open;
    }
}
