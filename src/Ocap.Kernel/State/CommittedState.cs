using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.State;

/// <summary>
/// The state as of the newest commit: the filling batch over the batch being written over the database (K15).
/// A layer is dropped only when its transaction is visible to reads.
/// </summary>
internal sealed class CommittedState(IKernelStore store)
{
    private const int CacheGeneration = 16_384;
    private const long CacheLength = 2 << 20;

    private readonly CleanCache _cache = new(CacheGeneration, CacheLength);
    private volatile Layer _filling = new();
    private volatile Layer? _writing;

    /// <summary>Number of the newest commit; 0 when there has been none in this process.</summary>
    internal long NewestCommit { get; private set; }

    /// <summary>Number of the newest commit that is on disk.</summary>
    internal long DurableCommit { get; private set; }

    internal Layer Filling => _filling;

    internal bool IsWriting => _writing is not null;

    internal string? Get(string key)
    {
        if (_filling.Batch.Kernel.TryGetValue(key, out string? value))
        {
            return value;
        }

        if (_filling.Batch.Wipe)
        {
            return null;
        }

        if (_writing is { } writing)
        {
            if (writing.Batch.Kernel.TryGetValue(key, out value))
            {
                return value;
            }

            if (writing.Batch.Wipe)
            {
                return null;
            }
        }

        if (!_cache.TryGet(key, out value))
        {
            value = store.Get(key);
            _cache.Set(key, value);
        }

        return value;
    }

    internal List<KeyValuePair<string, string>> Scan(string prefix)
    {
        List<KeyValuePair<string, string>> rows = _filling.Batch.Wipe || _writing is { Batch.Wipe: true } ? [] : [.. store.Scan(prefix)];
        if (_writing is { } writing && !_filling.Batch.Wipe)
        {
            rows = Layers.Overlay(rows, prefix, writing.Batch.Kernel);
        }

        return Layers.Overlay(rows, prefix, _filling.Batch.Kernel);
    }

    /// <summary>
    /// The first rows under <paramref name="prefix"/> behind the key <paramref name="after"/>, in key order, with <paramref name="above"/> laid over them. It costs what
    /// it returns and what is not on disk yet, however many rows there are.
    /// </summary>
    internal List<KeyValuePair<string, string>> ScanSome(string prefix, string after, int most, Dictionary<string, string?> above)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        bool isWiped = _filling.Batch.Wipe;
        if (_writing is { } writing && !isWiped)
        {
            isWiped = writing.Batch.Wipe;
            Layers.Collect(changes, writing.Batch.Kernel, prefix, after);
        }

        Layers.Collect(changes, _filling.Batch.Kernel, prefix, after);
        Layers.Collect(changes, above, prefix, after);
        return Layers.Some(isWiped ? [] : store.Scan(prefix, after), changes, most);
    }

    /// <summary>Makes a write set part of the filling batch and numbers the commit. Cannot fail.</summary>
    internal long Merge(WriteSet writes)
    {
        NewestCommit++;
        _filling.Merge(writes, NewestCommit);
        return NewestCommit;
    }

    /// <summary>Takes the filling batch for the writer; reads go on seeing it.</summary>
    internal WriteBatch TakeBatch()
    {
        Layer taken = _filling;

        // The writing layer is published before the filling one is replaced: a vat's thread reads filling first and must never miss both.
        _writing = taken;
        _filling = new Layer();
        return taken.Batch;
    }

    /// <summary>The batch taken last is durable and visible.</summary>
    internal void BatchWritten()
    {
        Layer written = _writing ?? throw new KernelInvariantException("no batch is being written");
        if (written.Batch.Wipe)
        {
            _cache.Clear();
        }

        foreach ((string key, string? value) in written.Batch.Kernel)
        {
            _cache.Set(key, value);
        }

        DurableCommit = Math.Max(DurableCommit, written.Batch.LastCommit);
        _writing = null;
    }

    /// <summary>The batch taken last, to be handed over again.</summary>
    internal WriteBatch RetryBatch() => (_writing ?? throw new KernelInvariantException("no batch is being written")).Batch;

    /// <summary>Nothing is left to write: what is committed is durable.</summary>
    internal void NothingToWrite() => DurableCommit = NewestCommit;

    /// <summary>A vat's key as committed. Any thread; the vat's own lane orders it against its commits.</summary>
    internal string? VatGet(VatId vat, string key)
    {
        Layer filling = _filling;
        Layer? writing = _writing;
        return filling.TryGetVat(vat, key, out string? value) || (writing is not null && writing.TryGetVat(vat, key, out value))
            ? value
            : store.VatGet(vat, key);
    }

    /// <summary>A vat's row with the smallest key behind <paramref name="key"/>, as committed. Any thread.</summary>
    internal KeyValuePair<string, string>? VatGetNext(VatId vat, string key)
    {
        Layer filling = _filling;
        Layer? writing = _writing;
        KeyValuePair<string, string>? stored = null;
        bool isStoredKnown = false;
        while (true)
        {
            KeyValuePair<string, string?>? below = null;
            bool hidden = filling.NextInVat(vat, key, out KeyValuePair<string, string?>? above)
                || (writing is not null && writing.NextInVat(vat, key, out below));
            if (!hidden)
            {
                if (!isStoredKnown || (stored is { } passed && CodePointOrder.Instance.Compare(passed.Key, key) <= 0))
                {
                    (stored, isStoredKnown) = (store.VatGetNext(vat, key), true);
                }

                below = First(below, stored is { } row ? new KeyValuePair<string, string?>(row.Key, row.Value) : null);
            }

            if (First(above, below) is not { } next)
            {
                return null;
            }

            if (next.Value is not null)
            {
                return new KeyValuePair<string, string>(next.Key, next.Value);
            }

            // Deleted by a layer that is not written yet.
            key = next.Key;
        }
    }

    /// <summary>What comes first in key order; of two with one key, the upper.</summary>
    private static KeyValuePair<string, string?>? First(KeyValuePair<string, string?>? upper, KeyValuePair<string, string?>? lower) =>
        upper is { } a && lower is { } b ? CodePointOrder.Instance.Compare(a.Key, b.Key) <= 0 ? a : b : upper ?? lower;
}
