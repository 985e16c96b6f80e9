using System.Text.Json;
using Ocap.Marshal;

namespace Ocap.Daemon.Outside;

/// <summary>What a vat's configuration lets it reach outside: hosts, and the files of one directory.</summary>
/// <param name="Hosts">Host names, compared letter for letter.</param>
/// <param name="RootDirectory">The directory, or null for no files.</param>
/// <param name="MayExist">It may ask whether a file exists.</param>
/// <param name="MayRead">It may read files.</param>
/// <param name="MayAccess">It may ask whether a file may be used.</param>
internal sealed record VatReach(IReadOnlySet<string> Hosts, string? RootDirectory, bool MayExist, bool MayRead, bool MayAccess)
{
    internal static VatReach Of(string vatConfig)
    {
        using JsonDocument document = StoredJson.Parse(vatConfig);
        JsonElement config = document.RootElement;
        HashSet<string> hosts = new(StringComparer.Ordinal);
        if (Member(Member(config, "network"), "allowedHosts") is { ValueKind: JsonValueKind.Array } list)
        {
            hosts.UnionWith(list.EnumerateArray().Where(static host => host.ValueKind == JsonValueKind.String).Select(static host => host.GetString()!));
        }

        JsonElement fs = Member(Member(config, "platformConfig"), "fs");
        JsonElement root = Member(fs, "rootDir"), promises = Member(fs, "promises");
        return new VatReach(
            hosts,
            root.ValueKind == JsonValueKind.String ? root.GetString() : null,
            Member(fs, "existsSync").ValueKind == JsonValueKind.True,
            Member(promises, "readFile").ValueKind == JsonValueKind.True,
            Member(promises, "access").ValueKind == JsonValueKind.True);
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) ? member : default;
}
