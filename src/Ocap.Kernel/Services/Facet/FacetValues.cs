using System.Text.Json;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Marshal;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Services.Facet;

/// <summary>What the kernel facet's methods answer: the records that the control socket shows as JSON (spec/rpc.md §4).</summary>
internal static class FacetValues
{
    internal static Passable Status(KernelStatus status, string? peerId)
    {
        Passable remoteComms = peerId is null
            ? Record(("state", Text("disconnected")))
            : Record(("state", Text("identity-only")), ("peerId", Text(peerId)));
        Passable[] vats =
        [
            .. status.Vats.Where(static vat => vat.State == VatState.Running).Select(static vat =>
                Record(("id", Text(vat.Id.ToString())), ("config", Json(vat.Config)), ("subclusterId", Text(vat.Subcluster.ToString())))),
        ];
        return Record(("vats", new Passable.List(vats)), ("subclusters", Subclusters(status)), ("remoteComms", remoteComms));
    }

    internal static Passable Subclusters(KernelStatus status) => new Passable.List([.. status.Subclusters.Select(Subcluster)]);

    internal static Passable Subcluster(SubclusterStatus subcluster) => Record(
        ("id", Text(subcluster.Id.ToString())),
        ("config", Json(subcluster.Config)),
        ("vats", new Passable.Record([.. subcluster.Vats.Select(static vat => KeyValuePair.Create(vat.Key, Text(vat.Value.ToString())))])));

    internal static Passable Launched(LaunchResult launched) => Record(
        ("subclusterId", Text(launched.Subcluster.ToString())),
        ("rootKref", Text(launched.Root.ToString())),
        ("bootstrapResult", Data(launched.BootstrapResult)));

    /// <summary>Marshalled data as data: krefs stay text.</summary>
    internal static Passable Data(CapData data) => Record(("body", Text(data.Body)), ("slots", new Passable.List([.. data.Slots.Select(Text)])));

    private static Passable Text(string text) => new Passable.Text(text);

    private static Passable Json(string json)
    {
        using JsonDocument document = StoredJson.Parse(json);
        return PassableReader.FromJson(document.RootElement);
    }

    private static Passable Record(params (string Name, Passable Value)[] entries) =>
        new Passable.Record([.. entries.Select(static entry => KeyValuePair.Create(entry.Name, entry.Value))]);
}
