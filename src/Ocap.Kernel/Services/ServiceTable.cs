using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Services;

/// <summary>The services of this kernel, by their objects: those it was made with, and those that come and go with subclusters.</summary>
internal sealed class ServiceTable
{
    private readonly IReadOnlyList<KernelServiceRegistration> _registered;
    private readonly Dictionary<KRef, (string Name, IKernelService Service)> _byObject = [];

    /// <summary>A table of services that are there from the start to the end.</summary>
    /// <exception cref="ArgumentException">Two have one name.</exception>
    internal ServiceTable(IReadOnlyList<KernelServiceRegistration> registered)
    {
        _registered = registered;
        if (registered.GroupBy(static service => service.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Kernel service \"{twice.Key}\" is already registered");
        }
    }

    /// <summary>Gives each service that has none its object, in order: in a fresh store ko1, ko2, ko3 (spec/cluster-config.md §4).</summary>
    internal void Register(StateView view)
    {
        foreach (KernelServiceRegistration service in _registered)
        {
            ServiceRows.FindOrCreate(view, service.Name);
        }
    }

    /// <summary>Takes up the objects as they are stored; whatever came with subclusters is forgotten.</summary>
    internal void Load(StateView view)
    {
        _byObject.Clear();
        foreach (KernelServiceRegistration service in _registered)
        {
            if (ServiceRows.Find(view, service.Name) is { } kref)
            {
                _byObject[kref] = (service.Name, service.Service);
            }
        }
    }

    internal void Add(KRef service, string name, IKernelService does) => _byObject[service] = (name, does);

    internal void Remove(KRef service) => _byObject.Remove(service);

    /// <summary>What stands behind an object of the kernel's, or null when its service is not there.</summary>
    internal (string Name, IKernelService Service)? At(KRef service) => _byObject.TryGetValue(service, out (string, IKernelService) found) ? found : null;

    /// <summary>The object that a subcluster gets when it asks for a service; null when there is no such service for it.</summary>
    internal KRef? Find(StateView view, string name, bool isSystem) =>
        _registered.FirstOrDefault(service => string.Equals(service.Name, name, StringComparison.Ordinal)) is { } found && (isSystem || !found.IsSystemOnly)
            ? ServiceRows.Find(view, name)
            : null;
}
