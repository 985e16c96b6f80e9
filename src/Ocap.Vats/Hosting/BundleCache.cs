namespace Ocap.Vats.Hosting;

/// <summary>Bundles that came through the link lately, by hash, so that many vats of one kind cost one transfer. Bounded by their size.</summary>
internal sealed class BundleCache(long mostBytes)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<VatBundle> _newestFirst = [];
    private long _bytes;

    internal VatBundle? Find(string hash)
    {
        lock (_lock)
        {
            for (LinkedListNode<VatBundle>? node = _newestFirst.First; node is not null; node = node.Next)
            {
                if (string.Equals(node.Value.Hash, hash, StringComparison.Ordinal))
                {
                    _newestFirst.Remove(node);
                    _newestFirst.AddFirst(node);
                    return node.Value;
                }
            }

            return null;
        }
    }

    internal VatBundle Add(VatBundle bundle)
    {
        lock (_lock)
        {
            _newestFirst.AddFirst(bundle);
            _bytes += bundle.Content.Length;
            while (_bytes > mostBytes && _newestFirst.Last is { } oldest)
            {
                _newestFirst.RemoveLast();
                _bytes -= oldest.Value.Content.Length;
            }
        }

        return bundle;
    }
}
