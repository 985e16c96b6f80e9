using Ocap.Kernel.Store;
using Ocap.Kernel.Vats;

namespace Ocap.Vats.Liveslots;

/// <summary>A vat's store as one crank sees it: what the crank wrote itself over what is committed, read when it is needed.</summary>
internal sealed class CrankVatstore(IVatWorkerClient client)
{
    private readonly Dictionary<string, string?> _committed = new(StringComparer.Ordinal);
    // Rows read are kept for the rest of the crank, but not those of a walk through a million of them.
    private const int MostRead = 50_000;

    private readonly SortedSet<string> _touched = new(CodePointOrder.Instance);

    // Keys written since somebody asked for the next one: sorting can wait until then.
    private readonly List<string> _unsorted = [];
    private readonly Dictionary<string, string?> _written = new(StringComparer.Ordinal);

    /// <summary>Forgets everything of the crank before.</summary>
    internal void Begin()
    {
        _committed.Clear();
        _touched.Clear();
        _unsorted.Clear();
        _written.Clear();
    }

    internal string? Get(string key) => _written.TryGetValue(key, out string? own) ? own : Committed(key);

    internal string Require(string key) => Get(key) ?? throw new InvalidOperationException($"the vat's store lacks {key}");

    internal void Set(string key, string value) => Write(key, value);

    internal void Delete(string key) => Write(key, null);

    /// <summary>The smallest key greater than <paramref name="key"/>, or null.</summary>
    internal string? NextKey(string key)
    {
        string? own = NextWritten(key);
        string after = key;
        while (client.VatstoreGetNext(after) is { } row)
        {
            Remember(row.Key, row.Value);
            if (own is not null && CodePointOrder.Instance.Compare(own, row.Key) <= 0)
            {
                return own;
            }

            if (!_written.TryGetValue(row.Key, out string? value) || value is not null)
            {
                return row.Key;
            }

            after = row.Key;
        }

        return own;
    }

    /// <summary>All keys that begin with a prefix, but not the prefix itself, in order. Deleting the key just given is allowed.</summary>
    internal IEnumerable<string> KeysWithPrefix(string prefix)
    {
        for (string? key = NextKey(prefix); key is not null && key.StartsWith(prefix, StringComparison.Ordinal); key = NextKey(key))
        {
            yield return key;
        }
    }

    /// <summary>What the crank changed, in key order; a null value means deleted.</summary>
    internal IReadOnlyList<KeyValuePair<string, string?>> Changes()
    {
        List<KeyValuePair<string, string?>> changes = [];
        Sort();
        foreach (string key in _touched)
        {
            string? value = _written[key];
            if (!_committed.TryGetValue(key, out string? committed) || !string.Equals(committed, value, StringComparison.Ordinal))
            {
                changes.Add(new(key, value));
            }
        }

        return changes;
    }

    private void Write(string key, string? value)
    {
        if (!_written.ContainsKey(key))
        {
            _unsorted.Add(key);
        }

        _written[key] = value;
    }

    private void Sort()
    {
        _touched.UnionWith(_unsorted);
        _unsorted.Clear();
    }

    private void Remember(string key, string? value)
    {
        if (_committed.Count >= MostRead)
        {
            _committed.Clear();
        }

        _committed[key] = value;
    }

    private string? Committed(string key)
    {
        if (!_committed.TryGetValue(key, out string? value))
        {
            value = client.VatstoreGet(key);
            Remember(key, value);
        }

        return value;
    }

    private string? NextWritten(string key)
    {
        Sort();
        if (_touched.Max is not { } last || CodePointOrder.Instance.Compare(last, key) <= 0)
        {
            return null;
        }

        foreach (string candidate in _touched.GetViewBetween(key, last))
        {
            if (!string.Equals(candidate, key, StringComparison.Ordinal) && _written[candidate] is not null)
            {
                return candidate;
            }
        }

        return null;
    }
}
