namespace Ocap.Bench.InProcess;

/// <summary>A map in key order, in chunks: what stands for the vat's store. The same as node/sorted-map.mjs.</summary>
internal sealed class SortedStore
{
    private const int MostInChunk = 1024;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<List<string>> _chunks = [[]];

    internal string? Get(string key) => _values.GetValueOrDefault(key);

    internal void Set(string key, string value)
    {
        if (!_values.ContainsKey(key))
        {
            int at = ChunkOf(key);
            List<string> chunk = _chunks[at];
            chunk.Insert(After(chunk, key), key);
            if (chunk.Count > MostInChunk)
            {
                _chunks.Insert(at + 1, chunk.GetRange(MostInChunk / 2, chunk.Count - (MostInChunk / 2)));
                chunk.RemoveRange(MostInChunk / 2, chunk.Count - (MostInChunk / 2));
            }
        }

        _values[key] = value;
    }

    internal void Delete(string key)
    {
        if (!_values.Remove(key))
        {
            return;
        }

        int at = ChunkOf(key);
        List<string> chunk = _chunks[at];
        chunk.RemoveAt(After(chunk, key) - 1);
        if (chunk.Count == 0 && _chunks.Count > 1)
        {
            _chunks.RemoveAt(at);
        }
    }

    /// <summary>The first key after one that need not be there, with its value.</summary>
    internal KeyValuePair<string, string>? Next(string key)
    {
        int at = ChunkOf(key);
        List<string> chunk = _chunks[at];
        int index = After(chunk, key);
        string? next = index < chunk.Count ? chunk[index] : at + 1 < _chunks.Count ? _chunks[at + 1][0] : null;
        return next is null ? null : new(next, _values[next]);
    }

    /// <summary>The last chunk that begins at or before a key.</summary>
    private int ChunkOf(string key)
    {
        int low = 0, high = _chunks.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (string.CompareOrdinal(_chunks[middle][0], key) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>How many keys of a chunk are at or before a key.</summary>
    private static int After(List<string> chunk, string key)
    {
        int index = chunk.BinarySearch(key, StringComparer.Ordinal);
        return index >= 0 ? index + 1 : ~index;
    }
}
