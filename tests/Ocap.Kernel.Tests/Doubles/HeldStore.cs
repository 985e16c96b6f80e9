using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.Tests.Doubles;

/// <summary>
/// A store in memory whose disk obeys the test: a write lasts until the test completes or fails it, and a crash forgets what was not complete.
/// Held to the same contract as the real store (tests/Ocap.Store.Tests). One thread.
/// </summary>
public sealed class HeldStore : IKernelStore
{
    private SortedDictionary<string, string> _kernel;
    private readonly SortedDictionary<VatId, SortedDictionary<string, string>> _vats;
    private (WriteBatch Batch, Action<StoreFault?> Written)? _pending;
    private StoreFault? _nextFault;
    private bool _closed;

    /// <summary>Scans under way: each sees the rows of its moment.</summary>
    private int _scans;

    /// <summary>An empty store.</summary>
    public HeldStore()
        : this([], [])
    {
    }

    private HeldStore(IEnumerable<KeyValuePair<string, string>> kernel, IEnumerable<KeyValuePair<VatId, SortedDictionary<string, string>>> vats)
    {
        _kernel = Sorted(kernel);
        _vats = new SortedDictionary<VatId, SortedDictionary<string, string>>(vats.ToDictionary(vat => vat.Key, vat => Sorted(vat.Value)));
    }

    /// <summary>Writes wait for <see cref="Complete"/> or <see cref="Fail"/>. When false, each is over before BeginWrite returns.</summary>
    public bool Holds { get; set; }

    /// <summary>The batch being written, or null.</summary>
    public WriteBatch? Pending => _pending?.Batch;

    /// <summary>Number of the newest commit that is durable; 0 before the first.</summary>
    public long DurableCommit { get; private set; }

    /// <summary>Batches that became durable in this store.</summary>
    public int Written { get; private set; }

    /// <summary>Rows that scans have returned.</summary>
    public long RowsScanned { get; private set; }

    /// <inheritdoc />
    public string? Get(string key)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return _kernel.GetValueOrDefault(key);
    }

    /// <inheritdoc />
    public IEnumerable<KeyValuePair<string, string>> Scan(string prefix, string after = "")
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _scans++;
        try
        {
            foreach (KeyValuePair<string, string> row in _kernel)
            {
                if (row.Key.StartsWith(prefix, StringComparison.Ordinal) && (after.Length == 0 || CodePointOrder.Instance.Compare(row.Key, after) > 0))
                {
                    RowsScanned++;
                    yield return row;
                }
            }
        }
        finally
        {
            _scans--;
        }
    }

    /// <inheritdoc />
    public string? VatGet(VatId vat, string key)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return _vats.GetValueOrDefault(vat)?.GetValueOrDefault(key);
    }

    /// <inheritdoc />
    public KeyValuePair<string, string>? VatGetNext(VatId vat, string key)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        foreach (KeyValuePair<string, string> row in _vats.GetValueOrDefault(vat) ?? [])
        {
            if (CodePointOrder.Instance.Compare(row.Key, key) > 0)
            {
                return row;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public void BeginWrite(WriteBatch batch, Action<StoreFault?> written)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_pending is not null)
        {
            throw new InvalidOperationException("A batch is being written; the next one may be handed over when it is done.");
        }

        _pending = (batch, written);
        if (_nextFault is { } fault)
        {
            _nextFault = null;
            Fail(fault);
        }
        else if (!Holds)
        {
            Complete();
        }
    }

    /// <summary>The batch being written becomes durable, and whoever waits for it is told.</summary>
    public void Complete() => Finish(null);

    /// <summary>The disk refuses the batch being written; nothing of it is kept.</summary>
    public void Fail(StoreFault fault) => Finish(fault);

    /// <summary>The disk will refuse the next batch handed over.</summary>
    public void FailNext(StoreFault fault) => _nextFault = fault;

    /// <summary>What a new process finds after this one was killed: what was durable, and nothing of the batch being written. This store is closed.</summary>
    public HeldStore Crash()
    {
        Dispose();
        _pending = null;
        return new HeldStore(_kernel, _vats) { DurableCommit = DurableCommit };
    }

    /// <summary>The same if the batch being written had reached the disk, but nobody had been told yet.</summary>
    public HeldStore CrashAfterSync()
    {
        if (_pending is { } pending)
        {
            Apply(pending.Batch);
        }

        return Crash();
    }

    /// <summary>Every durable row, one a line, in order: <c>key = value</c>, and <c>v1 key = value</c> for vat stores.</summary>
    public string Dump() => string.Join('\n', [
        .. _kernel.Select(row => $"{row.Key} = {row.Value}"),
        .. _vats.SelectMany(vat => vat.Value.Select(row => $"{vat.Key} {row.Key} = {row.Value}"))]);

    /// <summary>Nothing can be read or written any more.</summary>
    public void Dispose() => _closed = true;

    private void Finish(StoreFault? fault)
    {
        (WriteBatch batch, Action<StoreFault?> written) = _pending ?? throw new InvalidOperationException("No batch is being written.");
        if (fault is null)
        {
            Apply(batch);
            Written++;
        }

        _pending = null;
        written(fault);
    }

    private void Apply(WriteBatch batch)
    {
        if (_scans > 0)
        {
            _kernel = Sorted(_kernel);
        }

        if (batch.Wipe)
        {
            _kernel.Clear();
            _vats.Clear();
        }

        foreach (VatId vat in batch.DroppedVats)
        {
            _vats.Remove(vat);
        }

        Apply(batch.Kernel, _kernel);
        foreach ((VatId vat, Dictionary<string, string?> changes) in batch.VatStores)
        {
            if (!_vats.TryGetValue(vat, out SortedDictionary<string, string>? rows))
            {
                _vats[vat] = rows = Sorted([]);
            }

            Apply(changes, rows);
        }

        DurableCommit = batch.LastCommit;
    }

    private static void Apply(Dictionary<string, string?> changes, SortedDictionary<string, string> rows)
    {
        foreach ((string key, string? value) in changes)
        {
            if (value is null)
            {
                rows.Remove(key);
            }
            else
            {
                rows[key] = value;
            }
        }
    }

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> rows) =>
        new(rows.ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal), CodePointOrder.Instance);
}
