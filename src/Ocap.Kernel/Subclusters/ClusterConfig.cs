using System.Globalization;
using System.Text.Json;

namespace Ocap.Kernel.Subclusters;

/// <summary>A subcluster's configuration as the kernel uses it (spec/cluster-config.md §1). Shape and types are checked before it gets here.</summary>
/// <param name="Json">The whole configuration as it is stored and shown, compact JSON.</param>
/// <param name="Bootstrap">Name of the bootstrap vat.</param>
/// <param name="Vats">Vats by name, in launch order; each value is the vat's own configuration.</param>
/// <param name="Services">Names of kernel services to hand to bootstrap.</param>
/// <param name="Io">IO channels by name, in order; each value is the channel's own configuration, JSON text.</param>
public sealed record ClusterConfig(
    string Json, string Bootstrap, IReadOnlyList<KeyValuePair<string, VatConfig>> Vats, IReadOnlyList<string> Services, IReadOnlyList<KeyValuePair<string, string>> Io)
{
    /// <summary>Reads a configuration whose shape has been checked.</summary>
    public static ClusterConfig Parse(JsonElement config)
    {
        var vats = new List<KeyValuePair<string, VatConfig>>();
        JsonElement record = config.GetProperty("vats");

        // An array passes for a record whose keys are no names: there is no vat in it.
        if (record.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty vat in record.EnumerateObject())
            {
                vats.Add(new KeyValuePair<string, VatConfig>(vat.Name, new VatConfig(vat.Value.GetRawText(), ParametersOf(vat.Value))));
            }
        }

        string[] services = config.TryGetProperty("services", out JsonElement list)
            ? [.. list.EnumerateArray().Select(name => name.GetString() ?? "")]
            : [];
        return new ClusterConfig(config.GetRawText(), config.GetProperty("bootstrap").GetString() ?? "", vats, services, IoOf(config));
    }

    /// <summary>The IO channels that a configuration declares. In JavaScript an array is a record too, of names 0, 1, ….</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> IoOf(JsonElement config) => !config.TryGetProperty("io", out JsonElement io) ? []
        : io.ValueKind == JsonValueKind.Array
            ? [.. io.EnumerateArray().Select(static (channel, index) => KeyValuePair.Create(index.ToString(CultureInfo.InvariantCulture), channel.GetRawText()))]
            : [.. io.EnumerateObject().Select(static channel => KeyValuePair.Create(channel.Name, channel.Value.GetRawText()))];

    private static string? ParametersOf(JsonElement vat) =>
        vat.TryGetProperty("parameters", out JsonElement parameters) ? parameters.GetRawText() : null;
}

/// <summary>One vat's configuration.</summary>
/// <param name="Json">As stored under <c>vatConfig.vN</c>.</param>
/// <param name="Parameters">JSON text of <c>parameters</c>, or null when absent.</param>
public sealed record VatConfig(string Json, string? Parameters);
