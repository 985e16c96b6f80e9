using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Queue;

/// <summary>
/// The uncommitted items in memory, indexed by what they wait for. Only an index: an item is routed when it is dispatched (K2).
/// It changes when a commit merges, and when an item is taken. The texts of its messages are in memory up to a bound; past that they are where every item is
/// anyway, in the state.
/// </summary>
/// <param name="row">The state's value of a key.</param>
internal sealed class RunQueue(Func<string, string?> row)
{
    internal const string HeadKey = "queue.run.head";
    internal const string TailKey = "queue.run.tail";

    /// <summary>Characters of messages that are kept in memory.</summary>
    private const long MostLength = 4 << 20;

    /// <summary>A shorter message is not worth a look into the state.</summary>
    private const int WorthSettingAside = 1024;

    private long _length;
    private readonly SortedDictionary<long, QueuedItem> _items = [];
    private readonly Dictionary<VatId, SortedSet<long>> _byVat = [];
    private readonly SortedSet<long> _needNoVat = [];
    private readonly Dictionary<KRef, SortedSet<long>> _byPromise = [];

    /// <summary>Items in the queue, those being delivered included.</summary>
    internal int Count => _items.Count;

    internal IEnumerable<QueuedItem> Items => _items.Values;

    /// <summary>The oldest item that needs no vat, or null.</summary>
    internal QueuedItem? FirstNeedingNoVat => _needNoVat.Count == 0 ? null : _items[_needNoVat.Min];

    internal static string RowKey(long position) => string.Concat("queue.run.", Counter.Text(position));

    /// <summary>The position of the oldest item that waits for <paramref name="vat"/>, or null.</summary>
    internal long? FirstFor(VatId vat) => _byVat.TryGetValue(vat, out SortedSet<long>? waiting) && waiting.Count > 0 ? waiting.Min : null;

    internal bool Contains(QueuedItem item) => _items.TryGetValue(item.Position, out QueuedItem? found) && ReferenceEquals(found, item);

    internal QueuedItem At(long position) => _items[position];

    /// <summary>Items not yet dispatched that will join the queue of an unresolved promise, oldest first.</summary>
    internal List<QueuedItem> LeadingTo(KRef promise) =>
        _byPromise.TryGetValue(promise, out SortedSet<long>? waiting) ? [.. waiting.Select(position => _items[position])] : [];

    internal int CountLeadingTo(KRef promise) => _byPromise.TryGetValue(promise, out SortedSet<long>? waiting) ? waiting.Count : 0;

    internal long CharactersLeadingTo(KRef promise) =>
        _byPromise.TryGetValue(promise, out SortedSet<long>? waiting) ? waiting.Sum(position => (long)_items[position].Characters) : 0;

    internal bool HasLeadingTo(KRef promise) => _byPromise.ContainsKey(promise);

    internal void Add(QueuedItem item, Filing filing)
    {
        if (_length >= MostLength && item.Length >= WorthSettingAside)
        {
            string key = RowKey(item.Position);
            item.SetAside(() => row(key) ?? throw new KernelInvariantException($"no record matching key '{key}'"));
        }

        _length += item.Length;
        _items.Add(item.Position, item);
        File(item, filing);
    }

    /// <summary>Marks an item as dispatched; it keeps its place until its crank commits.</summary>
    internal void Take(QueuedItem item)
    {
        Unfile(item);
        item.IsTaken = true;
    }

    /// <summary>Gives a dispatched item back.</summary>
    internal void Return(QueuedItem item, Filing filing)
    {
        item.IsTaken = false;
        File(item, filing);
    }

    internal void Remove(QueuedItem item)
    {
        if (!item.IsTaken)
        {
            Unfile(item);
        }

        if (_items.Remove(item.Position))
        {
            _length -= item.Length;
        }
    }

    internal void Refile(QueuedItem item, Filing filing)
    {
        if (!item.IsTaken)
        {
            Unfile(item);
            File(item, filing);
        }
    }

    /// <summary>Items filed under a vat, oldest first.</summary>
    internal List<QueuedItem> WaitingFor(VatId vat) =>
        _byVat.TryGetValue(vat, out SortedSet<long>? waiting) ? [.. waiting.Select(position => _items[position])] : [];

    internal void Clear()
    {
        _items.Clear();
        _length = 0;
        _byVat.Clear();
        _needNoVat.Clear();
        _byPromise.Clear();
    }

    /// <summary>The oldest position once the consumed ones are gone, or <paramref name="head"/> when nothing is left.</summary>
    internal long TailWithout(HashSet<QueuedItem> consumed, long head)
    {
        foreach ((long position, QueuedItem item) in _items)
        {
            if (!consumed.Contains(item))
            {
                return position;
            }
        }

        return head;
    }

    private void File(QueuedItem item, Filing filing)
    {
        item.Filing = filing;
        if (filing.Vat is { } vat)
        {
            Set(_byVat, vat).Add(item.Position);
            return;
        }

        _needNoVat.Add(item.Position);
        if (filing.Pending is { } promise)
        {
            Set(_byPromise, promise).Add(item.Position);
        }
    }

    private void Unfile(QueuedItem item)
    {
        if (item.Filing.Vat is { } vat)
        {
            Drop(_byVat, vat, item.Position);
            return;
        }

        _needNoVat.Remove(item.Position);
        if (item.Filing.Pending is { } promise)
        {
            Drop(_byPromise, promise, item.Position);
        }
    }

    private static SortedSet<long> Set<TKey>(Dictionary<TKey, SortedSet<long>> index, TKey key)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out SortedSet<long>? set))
        {
            index[key] = set = [];
        }

        return set;
    }

    private static void Drop<TKey>(Dictionary<TKey, SortedSet<long>> index, TKey key, long position)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out SortedSet<long>? set) && set.Remove(position) && set.Count == 0)
        {
            index.Remove(key);
        }
    }
}
