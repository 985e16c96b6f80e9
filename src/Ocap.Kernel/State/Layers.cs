namespace Ocap.Kernel.State;

/// <summary>Lays changes over rows.</summary>
internal static class Layers
{
    /// <summary>The rows under <paramref name="prefix"/> after <paramref name="changes"/>; a null value deletes.</summary>
    internal static List<KeyValuePair<string, string>> Overlay(
        List<KeyValuePair<string, string>> rows, string prefix, Dictionary<string, string?> changes)
    {
        List<KeyValuePair<string, string>> result = rows;
        bool copied = false;
        foreach ((string key, string? _) in changes)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                result = rows.FindAll(row => !changes.ContainsKey(row.Key));
                copied = true;
                break;
            }
        }

        if (!copied)
        {
            return rows;
        }

        foreach ((string key, string? value) in changes)
        {
            if (value is not null && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                result.Add(new KeyValuePair<string, string>(key, value));
            }
        }

        return result;
    }
}
