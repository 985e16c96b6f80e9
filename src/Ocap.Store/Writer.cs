using System.Text;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Store.Native;
using SQLitePCL;

namespace Ocap.Store;

/// <summary>The one connection that writes, with its statements. Used by the thread that opens the store, then by the writer thread alone.</summary>
internal sealed class Writer : IDisposable
{
    private const int BusyMilliseconds = 1000;

    /// <summary>The log is copied back into the database after this many pages (4 KiB each).</summary>
    private const int CheckpointPages = 1000;

    private readonly Connection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _put;
    private readonly Statement _delete;
    private readonly Statement _vatPut;
    private readonly Statement _vatDelete;
    private readonly Statement _vatDrop;
    private bool _migrating;

    internal Writer(string path)
    {
        _connection = Connection.Open(path, readOnly: false, BusyMilliseconds);
        try
        {
            _connection.Execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON");
            OpenedVersion = Schema.ReadVersion(_connection);
            _migrating = OpenedVersion < Schema.CurrentVersion;
            Configure();
            _begin = _connection.Prepare("BEGIN IMMEDIATE");
            _commit = _connection.Prepare("COMMIT");
            _rollback = _connection.Prepare("ROLLBACK");
            _put = _connection.Prepare("INSERT INTO kv (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
            _delete = _connection.Prepare("DELETE FROM kv WHERE key = ?1");
            _vatPut = _connection.Prepare(
                "INSERT INTO kv_vatstore (vatID, key, value) VALUES (?1, ?2, ?3) ON CONFLICT (vatID, key) DO UPDATE SET value = excluded.value");
            _vatDelete = _connection.Prepare("DELETE FROM kv_vatstore WHERE vatID = ?1 AND key = ?2");
            _vatDrop = _connection.Prepare("DELETE FROM kv_vatstore WHERE vatID = ?1");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>For tests, which look at its settings.</summary>
    internal Connection Connection => _connection;

    /// <summary>The database's version before this program wrote to it; 0 is the reference's.</summary>
    internal int OpenedVersion { get; }

    /// <summary>True when enough was written since the last checkpoint to make one worthwhile.</summary>
    internal bool WantsCheckpoint => PagesWritten(reset: false) >= CheckpointPages;

    /// <summary>Writes a batch as one durable transaction; on a fault nothing of it is in the database.</summary>
    internal StoreFault? Write(WriteBatch batch)
    {
        try
        {
            _begin.Run();
            Apply(batch);
            if (_migrating)
            {
                _connection.Execute(Schema.SetVersion);
            }

            _commit.Run();
        }
        catch (StoreException error)
        {
            return RollBack() ?? error.Fault;
        }
        catch (EncoderFallbackException)
        {
            return RollBack() ?? new StoreFault(
                $"A text with half a surrogate pair was about to be written to {_connection.Path}. Nothing was written; this is a defect of ocap, please report it.", CanRetry: false);
        }

        FinishMigration();
        return null;
    }

    /// <summary>Copies the log back into the database; <paramref name="truncate"/> also empties it, which readers may prevent for a moment.</summary>
    internal StoreFault? Checkpoint(bool truncate)
    {
        int mode = truncate ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_PASSIVE;
        int code = raw.sqlite3_wal_checkpoint_v2(_connection.Handle, null, mode, out _, out _);
        PagesWritten(reset: true);
        return code == raw.SQLITE_OK ? null : _connection.Error(code).Fault;
    }

    /// <summary>Lets the database grow no further than this many pages, as a full disk would.</summary>
    internal void LimitPages(long pages) => _connection.Execute($"PRAGMA max_page_count={pages}");

    private void Configure()
    {
        // The writer thread makes checkpoints itself, after it has reported the batch.
        _connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=16777216");
        if (OperatingSystem.IsMacOS())
        {
            // There fsync alone leaves the data in the drive's cache.
            _connection.Execute("PRAGMA fullfsync=ON");
        }

        if (_migrating)
        {
            // A reference database holds the identity's secrets; the migration deletes them, and then they must be gone from the file.
            _connection.Execute("PRAGMA secure_delete=ON");
        }
    }

    private void Apply(WriteBatch batch)
    {
        if (batch.Wipe)
        {
            _connection.Execute("DELETE FROM kv");
            _connection.Execute("DELETE FROM kv_vatstore");
        }

        foreach (VatId vat in batch.DroppedVats)
        {
            _vatDrop.Bind(1, vat.ToString()).Run();
        }

        foreach ((string key, string? value) in batch.Kernel)
        {
            (value is null ? _delete.Bind(1, key) : _put.Bind(1, key).Bind(2, value)).Run();
        }

        foreach ((VatId vat, Dictionary<string, string?> changes) in batch.VatStores)
        {
            string id = vat.ToString();
            foreach ((string key, string? value) in changes)
            {
                (value is null ? _vatDelete.Bind(1, id).Bind(2, key) : _vatPut.Bind(1, id).Bind(2, key).Bind(3, value)).Run();
            }
        }
    }

    /// <summary>What the migration deleted still lies in the database's own file until the log is copied there: at the latest by a later checkpoint.</summary>
    private void FinishMigration()
    {
        if (_migrating)
        {
            _migrating = false;
            _ = Checkpoint(truncate: true);
        }
    }

    /// <summary>Null when the transaction is gone; a fault when even that failed.</summary>
    private StoreFault? RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) != 0)
        {
            return null;
        }

        try
        {
            _rollback.Run();
            return null;
        }
        catch (StoreException error)
        {
            return error.Fault with { CanRetry = false };
        }
    }

    private int PagesWritten(bool reset)
    {
        _ = raw.sqlite3_db_status(_connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out int pages, out _, reset ? 1 : 0);
        return pages;
    }

    public void Dispose()
    {
        foreach (Statement statement in (ReadOnlySpan<Statement>)[_begin, _commit, _rollback, _put, _delete, _vatPut, _vatDelete, _vatDrop])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
