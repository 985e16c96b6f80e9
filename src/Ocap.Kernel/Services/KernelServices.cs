using System.Text.Json;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.Services;

/// <summary>The built-in services, in the order of their places: ko1, ko2, ko3 (spec/cluster-config.md §4).</summary>
internal static class KernelServices
{
    private static readonly string[] Names = ["ocapURLIssuerService", "ocapURLRedemptionService", "kernelFacet"];

    /// <summary>Gives each service that has none its object, owned by the kernel and held by a pin.</summary>
    internal static void Register(StateView view)
    {
        var objects = new ObjectTable(view);
        List<string> pins = view.Get("pinnedObjects") is { Length: > 0 } pinned ? [.. pinned.Split(',')] : [];
        foreach (string name in Names)
        {
            if (view.Get("kernelService." + name) is not null)
            {
                continue;
            }

            KRef service = objects.Create(Endpoint.Kernel);
            objects.Add(service, 1, 1);
            view.Put("kernelService." + name, service.ToString());
            pins.Add(service.ToString());
        }

        view.Put("pinnedObjects", string.Join(',', pins));
    }

    /// <summary>The object of a service that any subcluster may ask for, or null. <c>kernelFacet</c> is for system subclusters only.</summary>
    internal static KRef? Find(StateView view, string name) =>
        !string.Equals(name, "kernelFacet", StringComparison.Ordinal) && view.Get("kernelService." + name) is { } kref ? KRef.Parse(kref) : null;

    /// <summary>What a service answers to a message.</summary>
    internal static (bool Rejected, CapData Value) Invoke(StateView view, KRef service, CapData methargs)
    {
        string name = Array.Find(Names, candidate => string.Equals(view.Get("kernelService." + candidate), service.ToString(), StringComparison.Ordinal)) ?? "?";
        string method = MethodOf(methargs);
        return (name, method) switch
        {
            ("kernelFacet", "ping") => (false, new CapData("#\"pong\"", [])),
            _ => (true, KernelError.Make(KernelErrorCode.DeliveryFailed, $"{name} does not offer \"{method}\" in this version of ocap")),
        };
    }

    /// <summary>The method's name, or nothing when a vat or a caller sent what cannot be read.</summary>
    private static string MethodOf(CapData methargs)
    {
        if (!methargs.Body.StartsWith('#'))
        {
            return "";
        }

        try
        {
            using JsonDocument document = StoredJson.Parse(methargs.Body.AsMemory(1));
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 && root[0].ValueKind == JsonValueKind.String
                ? SmallcapsText.UnescapeString(root[0].GetString()!)
                : "";
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return "";
        }
    }
}
