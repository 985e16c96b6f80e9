using System.Diagnostics;
using Ocap.Store.Native;
using SQLitePCL;

namespace Ocap.Store.Query;

/// <summary>
/// What a query may do: read, call functions, recurse; for how long, and in how much memory. Read-only mode alone does not do it: a PRAGMA undoes
/// <c>query_only</c>, and <c>VACUUM INTO</c> and <c>ATTACH</c> write other files.
/// </summary>
internal sealed class QueryGuard : IDisposable
{
    /// <summary>Every so many steps of SQLite's machine clock and memory are looked at. A dozen rows may be kept in between, each as large as a value may be.</summary>
    private const int StepsBetweenLooks = 100;

    /// <summary>Tables that show raw pages, where deleted data may still lie, or files, should a build of SQLite have them.</summary>
    private static readonly string[] UnreadableTables = ["sqlite_dbpage", "sqlite_dbdata", "fsdir"];

    /// <summary>Functions that reach files or code, should a build of SQLite have them.</summary>
    private static readonly string[] HarmfulFunctions = ["load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "zipfile", "lsmode"];

    private readonly TimeSpan _most;
    private readonly long _mostBytes;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly sqlite3 _db;

    internal QueryGuard(Connection connection, TimeSpan most, long mostBytes)
    {
        _most = most;
        _mostBytes = mostBytes;
        _db = connection.Handle;
        _ = raw.sqlite3_set_authorizer(_db, Authorize, null);
        raw.sqlite3_progress_handler(_db, StepsBetweenLooks, IsOver, null);
    }

    /// <summary>A PRAGMA was among what was denied.</summary>
    internal bool DeniedPragma { get; private set; }

    /// <summary>Something that changes the database, or opens another, was among what was denied.</summary>
    internal bool DeniedChange { get; private set; }

    /// <summary>It was stopped because of memory, not of time.</summary>
    internal bool TookTooMuch { get; private set; }

    private int Authorize(object context, int action, utf8z first, utf8z second, utf8z database, utf8z trigger)
    {
        bool isAllowed = action switch
        {
            raw.SQLITE_SELECT or raw.SQLITE_RECURSIVE => true,
            raw.SQLITE_READ => first.utf8_to_string() is not { } table || !UnreadableTables.Contains(table, StringComparer.OrdinalIgnoreCase),
            raw.SQLITE_FUNCTION => second.utf8_to_string() is { } function && !HarmfulFunctions.Contains(function, StringComparer.OrdinalIgnoreCase),
            _ => Deny(action),
        };
        return isAllowed ? raw.SQLITE_OK : raw.SQLITE_DENY;
    }

    private bool Deny(int action)
    {
        DeniedPragma |= action == raw.SQLITE_PRAGMA;
        DeniedChange |= action != raw.SQLITE_PRAGMA;
        return false;
    }

    /// <summary>SQLite counts its memory per process, so several queries at once share the bound.</summary>
    private int IsOver(object context)
    {
        TookTooMuch = raw.sqlite3_memory_used() > _mostBytes;
        return TookTooMuch || Stopwatch.GetElapsedTime(_start) > _most ? 1 : 0;
    }

    public void Dispose()
    {
        _ = raw.sqlite3_set_authorizer(_db, (delegate_authorizer?)null, null);
        raw.sqlite3_progress_handler(_db, 0, null, null);
    }
}
