using Ocap.Remotes.Identity;
using Ocap.Store;

namespace Ocap.Daemon.Kernel;

/// <summary>
/// The reference keeps its identity's secrets in the database; here they live in a file of their own (design/architecture.md §4). They are on disk there
/// before the migration deletes them here, so that a crash in between loses nothing: the next start finds both, and the same.
/// </summary>
internal static class SecretsMove
{
    /// <summary>Writes the secrets of a reference database, if it has any, to the identity file.</summary>
    /// <exception cref="IdentityFileException">They are no secrets, or the file holds others.</exception>
    internal static void Run(SqliteKernelStore store, string identityPath)
    {
        if ((store.Get("keySeed"), store.Get("ocapURLKey")) is ({ } keySeed, var ocapUrlKey))
        {
            IdentityFile.Adopt(identityPath, keySeed, ocapUrlKey);
        }
    }
}
