using SQLitePCL;

namespace Ocap.Store.Native;

/// <summary>SQLite's error codes as sentences that name the file and say what to do.</summary>
internal static class SqliteErrors
{
    private const int NoSpace = 28; // ENOSPC
    private static readonly int QuotaExceeded = OperatingSystem.IsMacOS() ? 69 : 122; // EDQUOT

    /// <summary>The basic code of an extended one.</summary>
    internal static int Basic(int code) => code & 0xFF;

    /// <summary>A failed call on <paramref name="db"/>, which is null when the call was to open it.</summary>
    internal static StoreException From(sqlite3? db, int code, string path)
    {
        string detail = (db is null ? raw.sqlite3_errstr(code) : raw.sqlite3_errmsg(db)).utf8_to_string();
        int errno = db is null ? 0 : SystemError.Of(db);
        return Basic(code) switch
        {
            raw.SQLITE_FULL => Full(path),
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN when errno == NoSpace || errno == QuotaExceeded => Full(path),
            raw.SQLITE_IOERR when code == raw.SQLITE_IOERR_SHMSIZE => Full(path),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreException(
                $"Another program holds a lock on {path}; nothing is written until it lets go. Find it with: fuser -v '{path}'", canRetry: true),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(path, detail),
            raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY => new StoreException(
                $"{path} cannot be opened for writing ({detail}). It and its directory must be yours and writable; look with: ls -la '{path}'"),
            raw.SQLITE_IOERR => new StoreException(
                $"The disk failed while {path} was in use ({detail}, code {code}, errno {errno}). Check the disk, then start the daemon again."),
            _ => new StoreException($"SQLite failed on {path}: {detail} (code {code}). Start the daemon again; if this returns, report it."),
        };
    }

    internal static StoreException Damaged(string path, string detail) => new(
        $"{path} is damaged ({detail}). Nothing was deleted. Keep a copy of it, then put a backup in its place, or start afresh with: ocap daemon purge --force");

    private static StoreException Full(string path) => new(
        $"The disk or quota that holds {path} is full. Free some space; nothing written so far is lost, and work goes on by itself.", canRetry: true);
}
