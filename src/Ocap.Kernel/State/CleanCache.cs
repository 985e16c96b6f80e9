namespace Ocap.Kernel.State;

/// <summary>
/// Bounded memory of rows as they are on disk, misses included. Two generations: what is used survives, the rest goes when the young one is full: of rows or
/// of characters. What is too long to be read often (a message, a value) is not kept.
/// </summary>
/// <param name="generationSize">Rows in a generation.</param>
/// <param name="generationLength">Characters in the values of a generation.</param>
internal sealed class CleanCache(int generationSize, long generationLength)
{
    private const int LongestValue = 64 * 1024;

    private long _length;

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
        if (value?.Length > LongestValue)
        {
            // An older value of it must not be taken for this one.
            _young.Remove(key);
            _old.Remove(key);
            return;
        }

        if (_young.Count >= generationSize || _length >= generationLength)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
            _length = 0;
        }

        _young[key] = value;
        _length += value?.Length ?? 0;
    }

    internal void Clear()
    {
        _young.Clear();
        _old.Clear();
        _length = 0;
    }
}
