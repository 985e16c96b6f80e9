using System.Runtime.InteropServices;
using SQLitePCL;

namespace Ocap.Store.Native;

/// <summary>
/// The operating system's reason behind SQLite's "disk I/O error": a full disk or quota may be waited out, a broken one not, and SQLite's own code is
/// the same for both. The one function of SQLite that SQLitePCLRaw does not offer.
/// </summary>
internal static partial class SystemError
{
    /// <summary>The <c>errno</c> of the last call of <paramref name="db"/> that the system refused.</summary>
    internal static int Of(sqlite3 db) => SystemErrno(db);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_system_errno")]
    private static partial int SystemErrno(sqlite3 db);
}
