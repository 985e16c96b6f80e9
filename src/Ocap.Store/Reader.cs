using Ocap.Kernel.Refs;
using Ocap.Store.Native;
using SQLitePCL;

namespace Ocap.Store;

/// <summary>A read-only connection with its statements. Each read sees the newest transaction; none stays open after the read.</summary>
internal sealed class Reader : IDisposable
{
    private const int BusyMilliseconds = 5000;

    /// <summary>0xFF stands in no UTF-8 text, so it is above every key.</summary>
    private const byte AboveEverything = 0xFF;

    private readonly Connection _connection;
    private readonly Statement _get;
    private readonly Statement _scan;
    private readonly Statement _vatGet;
    private readonly Statement _vatNext;

    internal Reader(string path)
    {
        _connection = Connection.Open(path, readOnly: true, BusyMilliseconds);
        try
        {
            _connection.Execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON");
            _get = _connection.Prepare("SELECT value FROM kv WHERE key = ?1");
            _scan = _connection.Prepare("SELECT key, value FROM kv WHERE key >= ?1 AND key < ?2 ORDER BY key");
            _vatGet = _connection.Prepare("SELECT value FROM kv_vatstore WHERE vatID = ?1 AND key = ?2");
            _vatNext = _connection.Prepare("SELECT key, value FROM kv_vatstore WHERE vatID = ?1 AND key > ?2 ORDER BY key LIMIT 1");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    internal string? Get(string key) => OneText(_get.Bind(1, key));

    internal string? VatGet(VatId vat, string key) => OneText(_vatGet.Bind(1, vat.ToString()).Bind(2, key));

    internal KeyValuePair<string, string>? VatGetNext(VatId vat, string key)
    {
        Statement next = _vatNext.Bind(1, vat.ToString()).Bind(2, key);
        try
        {
            return next.Step() ? new KeyValuePair<string, string>(next.Text(0), next.Text(1)) : null;
        }
        finally
        {
            next.Reset();
        }
    }

    /// <summary>All of one snapshot, which lasts as long as the enumeration.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Scan(string prefix, string after)
    {
        try
        {
            BindUpperBound(prefix);
            _scan.Bind(1, after.Length == 0 ? prefix : after);
            while (_scan.Step())
            {
                string key = _scan.Text(0);
                if (after.Length == 0 || !string.Equals(key, after, StringComparison.Ordinal))
                {
                    yield return new KeyValuePair<string, string>(key, _scan.Text(1));
                }
            }
        }
        finally
        {
            _scan.Reset();
        }
    }

    /// <summary>Damage that SQLite's whole check finds, in its words; null if it finds none. Takes time in proportion to the file.</summary>
    internal string? FindDamage(CancellationToken cancel)
    {
        using CancellationTokenRegistration interrupt = cancel.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), _connection.Handle);
        using Statement check = _connection.Prepare("PRAGMA integrity_check(1)");
        return check.Step() && check.Text(0) is not "ok" and var damage ? damage : null;
    }

    private static string? OneText(Statement statement)
    {
        try
        {
            return statement.Step() ? statement.Text(0) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The smallest byte string above every key with this prefix: the prefix with its last byte one higher (UTF-8 never ends in 0xFF).</summary>
    private void BindUpperBound(string prefix)
    {
        byte[] bound = prefix.Length == 0 ? [AboveEverything] : Statement.StrictUtf8.GetBytes(prefix);
        if (prefix.Length > 0)
        {
            bound[^1]++;
        }

        _scan.Bind(2, bound);
    }

    public void Dispose()
    {
        _get.Dispose();
        _scan.Dispose();
        _vatGet.Dispose();
        _vatNext.Dispose();
        _connection.Dispose();
    }
}
