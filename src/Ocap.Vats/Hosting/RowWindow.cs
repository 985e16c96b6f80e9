using Ocap.Kernel.Store;

namespace Ocap.Vats.Hosting;

/// <summary>A stretch of a vat's committed store of which every row is known, and so also where there is none.</summary>
/// <param name="From">The key where it begins.</param>
/// <param name="IncludesFrom">That key itself belongs to it.</param>
/// <param name="Rows">Its rows in the order of their keys. It ends with the last of them, or with <paramref name="From"/>.</param>
/// <param name="HasMore">There may be rows behind it; else it goes on to the end of the store.</param>
internal sealed record RowWindow(string From, bool IncludesFrom, List<KeyValuePair<string, string>> Rows, bool HasMore)
{
    /// <summary>The key where it ends, if it has an end.</summary>
    internal string Last => Rows is [.., var last] ? last.Key : From;

    /// <summary>Whether it tells what the store has under this key; then with the value, or null when there is none.</summary>
    internal bool TryGet(string key, out string? value)
    {
        value = null;
        int fromStart = CodePointOrder.Instance.Compare(key, From);
        if (fromStart < 0 || (fromStart == 0 && !IncludesFrom))
        {
            return false;
        }

        int at = FirstAtLeast(key);
        if (at == Rows.Count)
        {
            return !HasMore || (fromStart == 0 && Rows.Count == 0);
        }

        value = string.Equals(Rows[at].Key, key, StringComparison.Ordinal) ? Rows[at].Value : null;
        return true;
    }

    /// <summary>Whether it tells which row is the next one behind this key; then with the row, or null when there is none.</summary>
    internal bool TryNext(string key, out KeyValuePair<string, string>? row)
    {
        row = null;
        if (CodePointOrder.Instance.Compare(key, From) < 0)
        {
            return false;
        }

        int at = FirstAtLeast(key);
        if (at < Rows.Count && string.Equals(Rows[at].Key, key, StringComparison.Ordinal))
        {
            at++;
        }

        row = at < Rows.Count ? Rows[at] : null;
        return row is not null || !HasMore;
    }

    private int FirstAtLeast(string key)
    {
        int low = 0;
        for (int high = Rows.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (CodePointOrder.Instance.Compare(Rows[middle].Key, key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
