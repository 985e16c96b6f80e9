using Ocap.Kernel.Store;

namespace Ocap.Kernel.State;

/// <summary>Lays changes over rows.</summary>
internal static class Layers
{
    /// <summary>Adds those of <paramref name="more"/> that are under a prefix and behind a key.</summary>
    internal static void Collect(Dictionary<string, string?> changes, Dictionary<string, string?> more, string prefix, string after)
    {
        foreach ((string key, string? value) in more)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && CodePointOrder.Instance.Compare(key, after) > 0)
            {
                changes[key] = value;
            }
        }
    }

    /// <summary>The first rows, in key order, of <paramref name="rows"/> with the changes laid over them.</summary>
    internal static List<KeyValuePair<string, string>> Some(IEnumerable<KeyValuePair<string, string>> rows, Dictionary<string, string?> changes, int most)
    {
        var some = new List<KeyValuePair<string, string>>();
        foreach (KeyValuePair<string, string> row in rows)
        {
            if (some.Count == most)
            {
                break;
            }

            if (!changes.ContainsKey(row.Key))
            {
                some.Add(row);
            }
        }

        foreach ((string key, string? value) in changes)
        {
            if (value is not null)
            {
                some.Add(new KeyValuePair<string, string>(key, value));
            }
        }

        some.Sort(static (a, b) => CodePointOrder.Instance.Compare(a.Key, b.Key));
        some.RemoveRange(Math.Min(most, some.Count), some.Count - Math.Min(most, some.Count));
        return some;
    }

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
