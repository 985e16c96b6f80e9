using System.Text;
using System.Text.Json;
using Ocap.Store.Native;
using SQLitePCL;

namespace Ocap.Store.Query;

/// <summary>
/// One SELECT at a time against the kernel's database, for <c>executeDBQuery</c> (spec/rpc.md). Each run opens a connection of its own, read-only and
/// guarded, so runs do not wait for each other and leave nothing behind. It sees what is durable. May be used by several threads.
/// </summary>
/// <param name="path">The database, which must exist.</param>
public sealed class ReadOnlyQuery(string path)
{
    /// <summary>A result with more rows is an error.</summary>
    public const int MostRows = 10_000;

    /// <summary>A result with more bytes of JSON, or a value with more bytes, is an error.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int MostSqlBytes = 1024 * 1024;
    private const int BusyMilliseconds = 1000;
    private const string ReturnsNothing = "This statement does not return data. Use run() instead";
    private const string MoreThanOne = "The supplied SQL string contains more than one statement";

    /// <summary>What no honest query of two small tables needs is not to be had.</summary>
    private static readonly (int Id, int Value)[] Limits =
    [
        (raw.SQLITE_LIMIT_LENGTH, MostBytes), // of a value, a row, a result of a function
        (raw.SQLITE_LIMIT_SQL_LENGTH, MostSqlBytes),
        (raw.SQLITE_LIMIT_COLUMN, 200),
        (raw.SQLITE_LIMIT_EXPR_DEPTH, 200),
        (raw.SQLITE_LIMIT_COMPOUND_SELECT, 50),
        (raw.SQLITE_LIMIT_ATTACHED, 0),
        (raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256), // longer ones take exponential time that nothing can interrupt
        (raw.SQLITE_LIMIT_WORKER_THREADS, 0),
    ];

    /// <summary>
    /// How long a query may run. It ends between two steps of SQLite's machine, so one call of a built-in function is not cut: <c>instr</c> of megabytes
    /// in megabytes keeps its thread for longer.
    /// </summary>
    internal TimeSpan MostTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that SQLite may hold in this process while a query runs, the store's and other queries' among them.</summary>
    internal long MostMemory { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Writes the rows of one SELECT as a JSON array of objects, column name to value. Throws <see cref="QueryException"/> for what the caller can
    /// mend (the reference's texts) and <see cref="StoreException"/> for a database that cannot be read; then discard what <paramref name="json"/> holds.
    /// </summary>
    public void Run(string sql, Utf8JsonWriter json)
    {
        using Connection connection = Connection.Open(path, readOnly: true, BusyMilliseconds);
        connection.Execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY");
        foreach ((int id, int value) in Limits)
        {
            _ = raw.sqlite3_limit(connection.Handle, id, value);
        }

        using var guard = new QueryGuard(connection, MostTime, MostMemory);
        using Statement statement = PrepareOne(connection, guard, sql);
        WriteRows(connection, guard, statement, json);
    }

    private Statement PrepareOne(Connection connection, QueryGuard guard, string sql)
    {
        byte[] text = ToUtf8(sql);
        int code = connection.TryPrepare(text, 0, out Statement? statement, out int used);
        if (code != raw.SQLITE_OK)
        {
            throw Refusal(connection, guard, code, sql);
        }

        if (statement is null)
        {
            throw new QueryException(used < text.Length ? MoreThanOne : "The supplied SQL string contains no statements");
        }

        if (HasMore(connection, text.AsSpan(used)))
        {
            statement.Dispose();
            throw new QueryException(MoreThanOne);
        }

        if (statement.ColumnCount == 0)
        {
            statement.Dispose();
            throw new QueryException(ReturnsNothing);
        }

        return statement;
    }

    private void WriteRows(Connection connection, QueryGuard guard, Statement statement, Utf8JsonWriter json)
    {
        var row = new RowWriter(statement, json, MostBytes);
        json.WriteStartArray();
        for (int rows = 0; ; rows++)
        {
            int code = statement.TryStep();
            if (code == raw.SQLITE_DONE)
            {
                break;
            }

            if (code != raw.SQLITE_ROW)
            {
                throw Failure(connection, guard, code);
            }

            if (rows == MostRows)
            {
                throw new QueryException($"The result has more than {MostRows} rows. Narrow it with WHERE, or page through it with LIMIT and OFFSET");
            }

            if (!row.TryWrite())
            {
                throw new QueryException(TooMuch);
            }
        }

        json.WriteEndArray();
    }

    private static string TooMuch => $"The result is larger than {MostBytes / 1024 / 1024} MiB. Select fewer columns or rows, or parts with substr()";

    private static byte[] ToUtf8(string sql)
    {
        try
        {
            byte[] text = Statement.StrictUtf8.GetBytes(sql);
            return text.Length > MostSqlBytes ? throw new QueryException("The supplied SQL string is longer than 1 MiB")
                : text.Contains((byte)0) ? throw new QueryException("The supplied SQL string contains a NUL character")
                : text;
        }
        catch (EncoderFallbackException)
        {
            throw new QueryException("The supplied SQL string contains half of a surrogate pair");
        }
    }

    /// <summary>True unless the rest is blanks, comments and semicolons.</summary>
    private static bool HasMore(Connection connection, ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            int code = connection.TryPrepare(rest, 0, out Statement? another, out int used);
            another?.Dispose();
            if (code != raw.SQLITE_OK || another is not null)
            {
                return true;
            }

            rest = rest[used..];
        }

        return false;
    }

    private Exception Refusal(Connection connection, QueryGuard guard, int code, string sql)
    {
        if (SqliteErrors.Basic(code) == raw.SQLITE_AUTH)
        {
            if (guard.DeniedPragma)
            {
                return new QueryException("executeDBQuery only reads tables; PRAGMA is not allowed");
            }

            if (guard.DeniedChange)
            {
                // The reference's words for a change; but a change that does return data was run there.
                return new QueryException(sql.Contains("RETURNING", StringComparison.OrdinalIgnoreCase)
                    ? "executeDBQuery only reads tables; a statement that changes the database is not allowed"
                    : ReturnsNothing);
            }
        }

        return Failure(connection, guard, code);
    }

    private Exception Failure(Connection connection, QueryGuard guard, int code) => SqliteErrors.Basic(code) switch
    {
        raw.SQLITE_INTERRUPT when guard.TookTooMuch => new QueryException(
            $"The query, with what runs beside it, needed more than {MostMemory / 1024 / 1024} MiB of memory and was stopped. Narrow it, or work on a copy of the database"),
        raw.SQLITE_INTERRUPT => new QueryException($"The query ran longer than {MostTime.TotalSeconds} seconds and was stopped. Narrow it, or work on a copy of the database"),
        raw.SQLITE_TOOBIG => new QueryException(TooMuch),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN =>
            connection.Error(code),
        _ => new QueryException(connection.ErrorText()),
    };
}
