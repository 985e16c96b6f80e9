using Ocap.Kernel.Store;
using Ocap.Kernel.Vats;

namespace Ocap.Vats.Liveslots;

/// <summary>
/// A vat's store as one crank sees it: what the crank wrote itself over what is committed, read when it is needed. Nobody but the vat changes its store,
/// and what a crank reports is committed before the next one begins, or the vat ends: so some rows are remembered from one crank to the next.
/// </summary>
internal sealed class CrankVatstore(IVatWorkerClient client)
{
    // Rows read are kept for the rest of the crank, but not those of a walk through a million of them.
    private const int MostRead = 50_000;

    // What is remembered between cranks, where every idle vat pays for it.
    private const int MostKept = 256;
    private const int MostKeptCharacters = 32_768;

    // Keys from which on something is known to be deleted.
    private const int MostPassed = 8;

    private Dictionary<string, string?> _committed = new(StringComparer.Ordinal);
    private int _committedCharacters;
    private bool _isReported;

    private readonly SortedSet<string> _touched = new(CodePointOrder.Instance);

    // Keys written since somebody asked for the next one: sorting can wait until then.
    private readonly List<string> _unsorted = [];
    private Dictionary<string, string?> _written = new(StringComparer.Ordinal);

    // From a key on, up to and with another, this crank has deleted every row: who takes the first entry again and again need not pass them all each time.
    private readonly Dictionary<string, string> _passedCommitted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _passedOwn = new(StringComparer.Ordinal);

    private readonly CommittedRows _store = new(client);
    private CodeUnitOrder? _order;

    /// <summary>A crank begins. What the one before wrote is committed, unless it has not been reported: then it never happened.</summary>
    internal void Begin()
    {
        if (_isReported && _written.Count + _committed.Count <= MostKept)
        {
            foreach ((string key, string? value) in _written)
            {
                Remember(key, value);
            }
        }
        else
        {
            _committedCharacters = int.MaxValue;
        }

        if (_committedCharacters > MostKeptCharacters)
        {
            _committed = Emptied(_committed);
            _committedCharacters = 0;
        }

        _isReported = false;
        _touched.Clear();
        _unsorted.Clear();
        _passedCommitted.Clear();
        _passedOwn.Clear();
        _written = Emptied(_written);
    }

    internal string? Get(string key) => _written.TryGetValue(key, out string? own) ? own : Committed(key);

    internal string Require(string key) => Get(key) ?? throw new InvalidOperationException($"the vat's store lacks {key}");

    internal void Set(string key, string value) => Write(key, value);

    internal void Delete(string key) => Write(key, null);

    /// <summary>
    /// The smallest key greater than <paramref name="key"/>, as JavaScript compares strings, among those that begin with <paramref name="prefix"/>, as that key
    /// does itself; or null.
    /// </summary>
    internal string? NextKey(string key, string prefix) => (_order ??= new CodeUnitOrder(FirstFrom)).Next(key, prefix, NextByCodePoint(key, prefix));

    /// <summary>All keys that begin with a prefix, but not the prefix itself, in order. Deleting the key just given is allowed.</summary>
    internal IEnumerable<string> KeysWithPrefix(string prefix)
    {
        for (string? key = NextKey(prefix, prefix); key is not null; key = NextKey(key, prefix))
        {
            yield return key;
        }
    }

    /// <summary>What the crank changed, in the kernel's order of keys; a null value means deleted.</summary>
    internal IReadOnlyList<KeyValuePair<string, string?>> Changes()
    {
        _isReported = true;
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

    private string? FirstFrom(string key, string prefix) =>
        !key.StartsWith(prefix, StringComparison.Ordinal) ? null : Get(key) is not null ? key : NextByCodePoint(key, prefix);

    /// <summary>The next key in the kernel's order. Nothing behind those with the prefix is looked at: it may be thousands of rows that this crank has deleted.</summary>
    private string? NextByCodePoint(string key, string prefix)
    {
        string? own = NextWritten(key, prefix), found = null;
        string from = _passedCommitted.GetValueOrDefault(key, key), after = from;
        while (found is null && _store.Next(after) is { } row && row.Key.StartsWith(prefix, StringComparison.Ordinal))
        {
            Remember(row.Key, row.Value);
            if (own is not null && CodePointOrder.Instance.Compare(own, row.Key) <= 0)
            {
                break;
            }

            if (!_written.TryGetValue(row.Key, out string? value) || value is not null)
            {
                found = row.Key;
            }
            else
            {
                after = row.Key;
            }
        }

        Pass(_passedCommitted, key, from, after);
        return found ?? own;
    }

    private void Write(string key, string? value)
    {
        if (!_written.ContainsKey(key))
        {
            _unsorted.Add(key);
        }

        _written[key] = value;
        if (value is not null && _passedOwn.Count > 0)
        {
            // A row that is there again is found among the written ones.
            foreach ((string from, string to) in _passedOwn)
            {
                if (CodePointOrder.Instance.Compare(from, key) < 0 && CodePointOrder.Instance.Compare(key, to) <= 0)
                {
                    _passedOwn.Remove(from);
                }
            }
        }
    }

    private static void Pass(Dictionary<string, string> passed, string key, string from, string to)
    {
        if (!ReferenceEquals(from, to))
        {
            if (passed.Count >= MostPassed && !passed.ContainsKey(key))
            {
                passed.Clear();
            }

            passed[key] = to;
        }
    }

    private void Sort()
    {
        _touched.UnionWith(_unsorted);
        _unsorted.Clear();
    }

    /// <summary>An empty dictionary: the same one, unless it has become large.</summary>
    private static Dictionary<string, string?> Emptied(Dictionary<string, string?> rows)
    {
        if (rows.Capacity > 4 * MostKept)
        {
            return new(StringComparer.Ordinal);
        }

        rows.Clear();
        return rows;
    }

    private void Remember(string key, string? value)
    {
        if (_committed.Count >= MostRead)
        {
            _committed.Clear();
        }

        _committed[key] = value;
        _committedCharacters = (int)Math.Min(int.MaxValue, (long)_committedCharacters + key.Length + (value?.Length ?? 0));
    }

    private string? Committed(string key)
    {
        if (!_committed.TryGetValue(key, out string? value))
        {
            value = _store.Get(key);
            Remember(key, value);
        }

        return value;
    }

    private string? NextWritten(string key, string prefix)
    {
        Sort();
        if (_touched.Max is not { } last || CodePointOrder.Instance.Compare(last, key) <= 0)
        {
            return null;
        }

        string from = _passedOwn.GetValueOrDefault(key, key), after = from;
        string? found = null;
        foreach (string candidate in _touched.GetViewBetween(from, last))
        {
            if (string.Equals(candidate, from, StringComparison.Ordinal))
            {
                continue;
            }

            if (!candidate.StartsWith(prefix, StringComparison.Ordinal))
            {
                break;
            }

            if (_written[candidate] is not null)
            {
                found = candidate;
                break;
            }

            after = candidate;
        }

        Pass(_passedOwn, key, from, after);
        return found;
    }
}
