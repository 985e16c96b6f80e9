using Ocap.Kernel.Store;

namespace Ocap.Vats.Hosting;

/// <summary>
/// Rows of a vat's store that came with one that was asked for: who walks through the store asks for the next ones soon. Good for one crank, in which
/// what is committed does not change.
/// </summary>
internal sealed class RowsAhead
{
    private const int MostRows = 64;

    private List<KeyValuePair<string, string>> _rows = [];
    private string _from = "";
    private bool _isKnown;
    private bool _hasMore;

    internal void Forget()
    {
        _rows = [];
        _isKnown = false;
    }

    /// <summary>The row behind a key, or null when there is none; false when that is not known here.</summary>
    internal bool TryNext(string key, out KeyValuePair<string, string>? row)
    {
        row = null;
        if (!_isKnown || CodePointOrder.Instance.Compare(key, _from) < 0)
        {
            return false;
        }

        int low = 0;
        for (int high = _rows.Count; low < high;)
        {
            int middle = (low + high) / 2;
            if (CodePointOrder.Instance.Compare(_rows[middle].Key, key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        row = low < _rows.Count ? _rows[low] : null;
        return row is not null || !_hasMore;
    }

    /// <summary>How many rows to ask for behind a key: one, and more and more when that goes on from the last ones.</summary>
    internal int Wanted(string key) =>
        _isKnown && _rows is [.., var last] && string.Equals(last.Key, key, StringComparison.Ordinal) ? Math.Min(4 * _rows.Count, MostRows) : 1;

    /// <summary>Keeps the rows behind a key; the first of them, or null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="rows">What follows it, in order.</param>
    /// <param name="hasMore">There may be more rows behind these.</param>
    internal KeyValuePair<string, string>? Take(string key, List<KeyValuePair<string, string>> rows, bool hasMore)
    {
        (_from, _rows, _hasMore, _isKnown) = (key, rows, hasMore, true);
        return rows.Count > 0 ? rows[0] : null;
    }
}
