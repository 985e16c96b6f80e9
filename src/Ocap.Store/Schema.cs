using Ocap.Store.Native;

namespace Ocap.Store;

/// <summary>The two tables (spec/store.md §1, to the letter, because <c>executeDBQuery</c> shows it) and the version of what they hold.</summary>
internal static class Schema
{
    /// <summary>What <c>PRAGMA user_version</c> says in a database of ours. The reference leaves it at 0.</summary>
    internal const int CurrentVersion = 1;

    private const string Kv = "CREATE TABLE kv (\n      key TEXT,\n      value TEXT,\n      PRIMARY KEY(key)\n    )";

    private const string KvVatStore =
        "CREATE TABLE kv_vatstore (\n      vatID TEXT,\n      key TEXT,\n      value TEXT,\n      PRIMARY KEY(vatID, key)\n    )";

    /// <summary>
    /// Makes a complete, empty database beside <paramref name="path"/> and moves it there, so that a file of that name is never half made
    /// and an empty one is known to be damage.
    /// </summary>
    internal static void Create(string path)
    {
        string unfinished = path + ".new";
        try
        {
            File.Delete(unfinished);
            CreatePrivateFile(unfinished);
            using (Connection connection = Connection.Open(unfinished, readOnly: false, busyMilliseconds: 0))
            {
                connection.Execute("PRAGMA journal_mode=OFF");
                connection.Execute("BEGIN IMMEDIATE");
                connection.Execute(Kv);
                connection.Execute(KvVatStore);
                connection.Execute(SetVersion);
                connection.Execute("COMMIT");
            }

            File.Move(unfinished, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path} cannot be created: {error.Message} Its directory must exist, be yours and have room.");
        }
    }

    /// <summary>Marks a database as ours; part of the transaction it stands in.</summary>
    internal const string SetVersion = "PRAGMA user_version=1";

    /// <summary>The database's version, refused when it is not one of ours to read.</summary>
    internal static int ReadVersion(Connection connection)
    {
        long version = connection.QueryNumber("PRAGMA user_version");
        if (version is < 0 or > CurrentVersion)
        {
            throw new StoreException(
                $"{connection.Path} was written by a newer ocap (its version is {version}, this program knows {CurrentVersion}). Nothing was changed. "
                + "Run the newer ocap, or move the file away to start afresh.");
        }

        long tables = connection.QueryNumber("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('kv', 'kv_vatstore')");
        return tables == 2 ? (int)version : throw new StoreException(
            $"{connection.Path} is an SQLite database, but not a kernel's: the tables kv and kv_vatstore are not in it. Nothing was changed. Move it away, or name another home.");
    }

    private static void CreatePrivateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }
}
