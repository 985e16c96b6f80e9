using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Ocap.Store.Native;

/// <summary>
/// One SQLite connection, used by one thread at a time. Settings and rare statements go through Microsoft.Data.Sqlite; statements that are kept
/// are compiled and stepped on its handle, without commands, parameter objects and readers between.
/// </summary>
internal sealed class Connection : IDisposable
{
    /// <summary>SQLite has waited for a lock already; how many whole seconds a command tries again on top of that (0 would be for ever).</summary>
    private const int CommandSeconds = 1;

    private readonly SqliteConnection _connection;

    private Connection(SqliteConnection connection, string path)
    {
        _connection = connection;
        Path = path;
    }

    internal sqlite3 Handle => _connection.Handle!;

    internal string Path { get; }

    /// <summary>Opens an existing file, not trusting what it holds. <paramref name="busyMilliseconds"/>: how long a lock of another program is waited for.</summary>
    internal static Connection Open(string path, bool readOnly, int busyMilliseconds)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
            // A pool would keep the file open after the store is closed.
            Pooling = false,
            DefaultTimeout = CommandSeconds,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            _ = raw.sqlite3_busy_timeout(connection.Handle, busyMilliseconds);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw SqliteErrors.From(null, error.SqliteExtendedErrorCode, path);
        }

        return new Connection(connection, path);
    }

    /// <summary>The last failed call on this connection as an exception.</summary>
    internal StoreException Error(int code) => SqliteErrors.From(Handle, code, Path);

    /// <summary>SQLite's own words for the last failed call.</summary>
    internal string ErrorText() => raw.sqlite3_errmsg(Handle).utf8_to_string();

    /// <summary>Compiles the first statement of <paramref name="sql"/>, to be kept and used again.</summary>
    internal Statement Prepare(string sql)
    {
        int code = TryPrepare(Encoding.UTF8.GetBytes(sql), raw.SQLITE_PREPARE_PERSISTENT, out Statement? statement, out _);
        return code == raw.SQLITE_OK && statement is not null ? statement : throw Error(code);
    }

    /// <summary>
    /// Compiles the first statement of <paramref name="sql"/>; <paramref name="used"/> is how many bytes of it that took.
    /// <paramref name="statement"/> is null on failure and where there is no statement (blanks and comments).
    /// </summary>
    internal int TryPrepare(ReadOnlySpan<byte> sql, uint flags, out Statement? statement, out int used)
    {
        // The binding hands an empty span over as no string at all, which SQLite calls a misuse.
        int code = raw.sqlite3_prepare_v3(Handle, sql.IsEmpty ? " "u8 : sql, flags, out sqlite3_stmt handle, out ReadOnlySpan<byte> tail);
        statement = handle.IsInvalid ? null : new Statement(this, handle);
        used = sql.IsEmpty ? 0 : sql.Length - tail.Length;
        return code;
    }

    /// <summary>Runs one or several statements, whose rows nobody wants, to their end.</summary>
    internal void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            _ = command.ExecuteNonQuery();
        }
        catch (SqliteException error)
        {
            throw Error(error.SqliteExtendedErrorCode);
        }
    }

    /// <summary>The first column of the first row as a number.</summary>
    internal long QueryNumber(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            return command.ExecuteScalar() as long? ?? 0;
        }
        catch (SqliteException error)
        {
            throw Error(error.SqliteExtendedErrorCode);
        }
    }

    public void Dispose() => _connection.Dispose();
}
