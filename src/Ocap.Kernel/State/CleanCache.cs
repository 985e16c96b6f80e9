namespace Ocap.Kernel.State;

/// <summary>Bounded memory of rows as they are on disk, misses included. Two generations: what is used survives, the rest goes when the young one is full.</summary>
internal sealed class CleanCache(int generationSize)
{
    private Dictionary<string, string?> _young = new(StringComparer.Ordinal);
    private Dictionary<string, string?> _old = new(StringComparer.Ordinal);

    internal bool TryGet(string key, out string? value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    internal void Set(string key, string? value)
    {
        if (_young.Count >= generationSize)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[key] = value;
    }

    internal void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
