using Ocap.Vats.Endowments;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Worker;

/// <summary>What of a stored vat configuration concerns the worker: the endowments it asks for.</summary>
/// <param name="Globals">Names of globals, each known.</param>
/// <param name="AllowedHosts">Hosts that <c>fetch</c> may reach.</param>
/// <param name="Files">The functions of the global <c>fs</c>; null for none.</param>
internal sealed record VatConfig(IReadOnlyList<string> Globals, IReadOnlyList<string> AllowedHosts, FileFunctions? Files)
{
    /// <summary>Reads a stored configuration.</summary>
    /// <exception cref="VatConfigException">The vat cannot be given what it asks for.</exception>
    internal static VatConfig Parse(string vatId, string config)
    {
        if (JsonTree.Parse(config) is not JsonTree.Record record)
        {
            throw new VatConfigException($"Vat \"{vatId}\" has a configuration that is no object");
        }

        List<string> globals = [];
        foreach (JsonTree entry in record["globals"] is JsonTree.List list ? list.Items : [])
        {
            string name = entry is JsonTree.Text text ? text.Value : "that is no name";
            globals.Add(EndowmentTable.Has(name) ? name : throw new VatConfigException($"Vat \"{vatId}\" requested unknown global {Quoting.Quote(name)}"));
        }

        if (globals.Contains("fetch", StringComparer.Ordinal) && record["network"] is not JsonTree.Record)
        {
            throw new VatConfigException($"Vat \"{vatId}\" requested \"fetch\" but no network.allowedHosts was specified");
        }

        string[] hosts = record["network"] is JsonTree.Record network && network["allowedHosts"] is JsonTree.List allowed
            ? [.. allowed.Items.OfType<JsonTree.Text>().Select(static host => host.Value)]
            : [];
        return new VatConfig(globals, hosts, record["platformConfig"] is JsonTree.Record platform ? FilesOf(vatId, platform) : null);
    }

    private static FileFunctions? FilesOf(string vatId, JsonTree.Record platform)
    {
        foreach (KeyValuePair<string, JsonTree> entry in platform.Entries)
        {
            if (!string.Equals(entry.Key, "fs", StringComparison.Ordinal))
            {
                throw new VatConfigException($"Vat \"{vatId}\" requested unknown platform endowment {Quoting.Quote(entry.Key)}");
            }
        }

        if (platform["fs"] is not JsonTree.Record fs)
        {
            return null;
        }

        var promises = fs["promises"] as JsonTree.Record;
        return new FileFunctions(IsTrue(fs["existsSync"]), promises is not null, IsTrue(promises?["readFile"]), IsTrue(promises?["access"]));
    }

    private static bool IsTrue(JsonTree? value) => value is JsonTree.Bool { Value: true };
}

/// <summary>Which functions of <c>fs</c> a vat is given.</summary>
internal sealed record FileFunctions(bool ExistsSync, bool Promises, bool ReadFile, bool Access);

/// <summary>A vat asks in its configuration for what it cannot have.</summary>
internal sealed class VatConfigException(string message) : Exception(message);
