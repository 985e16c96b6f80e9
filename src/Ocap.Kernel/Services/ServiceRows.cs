using Ocap.Kernel.Cranks;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Services;

/// <summary>Services as they are stored: <c>kernelService.&lt;name&gt;</c>, and a pin on the object (spec/store.md §2).</summary>
internal static class ServiceRows
{
    internal const string Prefix = "kernelService.";
    private const string PinsKey = "pinnedObjects";

    /// <summary>The object of a service, or null.</summary>
    internal static KRef? Find(StateView view, string name) => view.Get(Prefix + name) is { } kref ? KRef.Parse(kref) : null;

    /// <summary>The object of a service: the one it has, or a new one, owned by the kernel and held by a pin.</summary>
    internal static KRef FindOrCreate(StateView view, string name)
    {
        if (Find(view, name) is { } known)
        {
            return known;
        }

        var objects = new ObjectTable(view);
        KRef service = objects.Create(Endpoint.Kernel);
        objects.Add(service, 1, 1);
        view.Put(Prefix + name, service.ToString());
        WritePins(view, [.. Pins(view), service.ToString()]);
        return service;
    }

    /// <summary>Takes a service away for good: its object becomes an orphan, which lives on as long as somebody holds it.</summary>
    internal static void Remove(Commit commit, string name)
    {
        if (Find(commit.Writes, name) is not { } service)
        {
            return;
        }

        commit.Writes.Delete(Prefix + name);
        commit.Objects.Orphan(service);
        List<string> pins = Pins(commit.Writes);
        if (pins.Remove(service.ToString()))
        {
            WritePins(commit.Writes, pins);
            commit.Release(service);
        }
    }

    private static List<string> Pins(StateView view) => view.Get(PinsKey) is { Length: > 0 } pinned ? [.. pinned.Split(',')] : [];

    private static void WritePins(StateView view, List<string> pins)
    {
        pins.Sort(StringComparer.Ordinal);
        view.Put(PinsKey, string.Join(',', pins));
    }
}
