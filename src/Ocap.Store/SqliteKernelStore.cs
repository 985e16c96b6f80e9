using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Store.Native;

namespace Ocap.Store;

/// <summary>
/// <see cref="IKernelStore"/> on one SQLite file in WAL mode, synced fully at every batch. One thread writes; reads run on connections of
/// their own and see whole batches only. Keys and values are well-formed UTF-16 (checked before a commit, design/cranks.md K16) of at most 1 GB.
/// Every failed read throws <see cref="StoreException"/>.
/// </summary>
public sealed class SqliteKernelStore : IKernelStore
{
    private readonly string _path;
    private readonly WriterThread _writer;
    private readonly Reader _kernelReader;
    private readonly ReaderPool _readers;

    private SqliteKernelStore(string path, Writer writer, bool wasInterrupted)
    {
        _path = path;
        WasInterrupted = wasInterrupted;
        OpenedVersion = writer.OpenedVersion;
        _kernelReader = new Reader(path);
        _readers = new ReaderPool(path);
        _writer = new WriterThread(writer);
    }

    /// <summary>
    /// The version of the database when it was opened: <see cref="CurrentVersion"/>, or 0 for a database of the reference. The first batch written to
    /// an older one also marks it as current, in the same transaction, so that batch must be the whole migration (design/cranks.md K23).
    /// </summary>
    public int OpenedVersion { get; }

    /// <summary>The program that had the database open before did not close it: it was killed, or the machine stopped. A reason to call <see cref="CheckIntegrity"/>.</summary>
    public bool WasInterrupted { get; }

    /// <summary>The version that this program writes.</summary>
    public static int CurrentVersion => Schema.CurrentVersion;

    /// <summary>
    /// Opens the database, or creates it (0600) in an existing directory. The caller makes sure that no other process has it open.
    /// Throws <see cref="StoreException"/>, and changes nothing, if the file is damaged, newer than this program, or no kernel's database.
    /// </summary>
    public static SqliteKernelStore Open(string path)
    {
        if (!FileHeader.Check(path))
        {
            Schema.Create(path);
        }

        bool wasInterrupted = FileHeader.HasJournal(path);
        var writer = new Writer(path);
        try
        {
            return new SqliteKernelStore(path, writer, wasInterrupted);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public string? Get(string key) => _kernelReader.Get(key);

    /// <summary>Lazy: one snapshot, held for as long as the enumeration lasts.</summary>
    public IEnumerable<KeyValuePair<string, string>> Scan(string prefix, string after = "")
    {
        Reader reader = _readers.Borrow();
        try
        {
            foreach (KeyValuePair<string, string> row in reader.Scan(prefix, after))
            {
                yield return row;
            }
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc />
    public string? VatGet(VatId vat, string key)
    {
        Reader reader = _readers.Borrow();
        try
        {
            return reader.VatGet(vat, key);
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc />
    public KeyValuePair<string, string>? VatGetNext(VatId vat, string key)
    {
        Reader reader = _readers.Borrow();
        try
        {
            return reader.VatGetNext(vat, key);
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc />
    public void BeginWrite(WriteBatch batch, Action<StoreFault?> written) => _writer.BeginWrite(batch, written);

    /// <summary>
    /// Empties the write-ahead log into the database, after the batch under way. Durability does not need it; shutdown does it so that the
    /// one file is whole. A fault leaves everything as safe as it was.
    /// </summary>
    public StoreFault? Checkpoint() => _writer.Run(writer => writer.Checkpoint(truncate: true));

    /// <summary>
    /// Reads the whole database and reports damage that ordinary reads may not meet (an index that lost a key, say); null if there is none.
    /// Takes about a second per 100 MB, disturbs nobody: for a thread of its own after start-up. A value's changed letters cannot be told from others.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cut short, nothing is known.</exception>
    public StoreFault? CheckIntegrity(CancellationToken cancel = default)
    {
        Reader reader = _readers.Borrow();
        try
        {
            string? damage = reader.FindDamage(cancel);
            cancel.ThrowIfCancellationRequested();
            return damage is null ? null : SqliteErrors.Damaged(_path, damage).Fault;
        }
        catch (StoreException error)
        {
            cancel.ThrowIfCancellationRequested();
            return error.Fault;
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <summary>For tests: the database grows no further than this many pages, as on a full disk.</summary>
    internal void LimitPages(long pages) => _writer.Run(writer =>
    {
        writer.LimitPages(pages);
        return true;
    });

    /// <summary>Waits for the batch under way, whose callback is still called, then closes the file.</summary>
    public void Dispose()
    {
        _readers.Dispose();
        _kernelReader.Dispose();
        _writer.Dispose();
    }
}
