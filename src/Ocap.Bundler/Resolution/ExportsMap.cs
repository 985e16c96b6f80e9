using System.Text.Json;

namespace Ocap.Bundler.Resolution;

/// <summary>The algorithms PACKAGE_IMPORTS_EXPORTS_RESOLVE and PACKAGE_TARGET_RESOLVE of Node, for the conditions of a production build without Node.</summary>
internal static class ExportsMap
{
    // "hardened" is what packages of the Endo family offer to code that runs where `harden` is given, as it is in a vat.
    private static readonly string[] Conditions = ["hardened", "browser", "production", "module"];

    /// <summary>The target of <paramref name="subpath"/> (<c>.</c> or <c>./x</c>) in <c>exports</c>; null when it is not exported.</summary>
    public static string? Export(JsonElement exports, string subpath, bool isRequire)
    {
        bool hasSubpaths = exports.ValueKind == JsonValueKind.Object && exports.EnumerateObject().Any(e => e.Name.StartsWith('.'));
        return hasSubpaths ? Match(exports, subpath, isRequire) : subpath is "." ? Target(exports, null, isRequire) : null;
    }

    /// <summary>The target of <paramref name="key"/> (<c>#x</c> or <c>./x</c>) among the keys of <paramref name="map"/>; null when there is none.</summary>
    public static string? Match(JsonElement map, string key, bool isRequire)
    {
        if (map.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        if (!key.Contains('*', StringComparison.Ordinal) && map.TryGetProperty(key, out JsonElement exact))
        {
            return Target(exact, null, isRequire);
        }
        string? bestKey = null;
        JsonElement best = default;
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            if (Fits(entry.Name, key) && (bestKey is null || IsBetter(entry.Name, bestKey)))
            {
                (bestKey, best) = (entry.Name, entry.Value);
            }
        }
        if (bestKey is null)
        {
            return null;
        }
        int star = bestKey.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? Target(best, key[bestKey.Length..], isRequire)
            : Target(best, key[star..(key.Length - (bestKey.Length - star - 1))], isRequire);
    }

    // A key ends in a slash (an old form) or has one star.
    private static bool Fits(string pattern, string key)
    {
        int star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return pattern.EndsWith('/') && key.StartsWith(pattern, StringComparison.Ordinal);
        }
        return key.Length >= pattern.Length
            && key.StartsWith(pattern.AsSpan(0, star), StringComparison.Ordinal)
            && key.AsSpan().EndsWith(pattern.AsSpan(star + 1), StringComparison.Ordinal);
    }

    private static bool IsBetter(string pattern, string other)
    {
        int length = BaseLength(pattern);
        int otherLength = BaseLength(other);
        return length > otherLength || (length == otherLength && pattern.Length > other.Length);
    }

    private static int BaseLength(string pattern) => pattern.IndexOf('*', StringComparison.Ordinal) is var star and >= 0 ? star + 1 : pattern.Length;

    private static string? Target(JsonElement target, string? matched, bool isRequire)
    {
        switch (target.ValueKind)
        {
            case JsonValueKind.String:
                string text = target.GetString()!;
                return matched is null ? text : text.EndsWith('/') ? text + matched : text.Replace("*", matched, StringComparison.Ordinal);
            case JsonValueKind.Array:
                return target.EnumerateArray().Select(t => Target(t, matched, isRequire)).FirstOrDefault(t => t is not null);
            case JsonValueKind.Object:
                foreach (JsonProperty entry in target.EnumerateObject())
                {
                    if (Holds(entry.Name, isRequire) && Target(entry.Value, matched, isRequire) is { } found)
                    {
                        return found;
                    }
                }
                return null;
            default:
                return null;
        }
    }

    private static bool Holds(string condition, bool isRequire) =>
        condition is "default" || string.Equals(condition, isRequire ? "require" : "import", StringComparison.Ordinal) || Array.IndexOf(Conditions, condition) >= 0;
}
