using System.Text.Json;

namespace Ocap.Kernel.Subclusters;

/// <summary>A subcluster's configuration as the kernel uses it (spec/cluster-config.md §1). Shape and types are checked before it gets here.</summary>
/// <param name="Json">The whole configuration as it is stored and shown, compact JSON.</param>
/// <param name="Bootstrap">Name of the bootstrap vat.</param>
/// <param name="Vats">Vats by name, in launch order; each value is the vat's own configuration.</param>
/// <param name="Services">Names of kernel services to hand to bootstrap.</param>
/// <param name="HasIo">Whether it declares IO channels.</param>
public sealed record ClusterConfig(
    string Json, string Bootstrap, IReadOnlyList<KeyValuePair<string, VatConfig>> Vats, IReadOnlyList<string> Services, bool HasIo)
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
        bool hasIo = config.TryGetProperty("io", out JsonElement io)
            && (io.ValueKind == JsonValueKind.Array ? io.GetArrayLength() : io.GetPropertyCount()) > 0;
        return new ClusterConfig(config.GetRawText(), config.GetProperty("bootstrap").GetString() ?? "", vats, services, hasIo);
    }

    private static string? ParametersOf(JsonElement vat) =>
        vat.TryGetProperty("parameters", out JsonElement parameters) ? parameters.GetRawText() : null;
}

/// <summary>One vat's configuration.</summary>
/// <param name="Json">As stored under <c>vatConfig.vN</c>.</param>
/// <param name="Parameters">JSON text of <c>parameters</c>, or null when absent.</param>
public sealed record VatConfig(string Json, string? Parameters);
