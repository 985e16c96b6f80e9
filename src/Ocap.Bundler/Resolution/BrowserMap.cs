using System.Text.Json;

namespace Ocap.Bundler.Resolution;

/// <summary>A package's <c>browser</c> object: what to take instead of a module where there is no Node, or that there is nothing to take.</summary>
internal sealed class BrowserMap(JsonElement? browser)
{
    private static readonly string[] Endings = ["", ".js", ".mjs", ".cjs", ".json", "/index.js"];

    /// <summary>The replacement of a bare specifier or of a file of the package (<c>./x.js</c>, the ending may be missing in the map or in the name).</summary>
    /// <param name="name">What is asked for.</param>
    /// <param name="replacement">The specifier to use; null when the module is to be empty.</param>
    /// <returns>Whether the map says anything about it.</returns>
    public bool TryReplace(string name, out string? replacement)
    {
        replacement = null;
        if (browser is not { ValueKind: JsonValueKind.Object } map)
        {
            return false;
        }
        foreach (JsonProperty entry in map.EnumerateObject())
        {
            if (!IsSame(entry.Name, name))
            {
                continue;
            }
            if (entry.Value.ValueKind == JsonValueKind.False)
            {
                return true;
            }
            if (entry.Value.ValueKind == JsonValueKind.String && entry.Value.GetString() is { } text && !IsSame(text, name))
            {
                replacement = text;
                return true;
            }
        }
        return false;
    }

    private static bool IsSame(string key, string name)
    {
        bool isFile = name.StartsWith("./", StringComparison.Ordinal);
        return isFile
            ? Array.Exists(Endings, e => string.Equals(WithDot(key) + e, name, StringComparison.Ordinal))
            : string.Equals(key, name, StringComparison.Ordinal);
    }

    private static string WithDot(string key) => key.StartsWith("./", StringComparison.Ordinal) ? key : "./" + key;
}
