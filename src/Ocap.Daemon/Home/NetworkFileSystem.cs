namespace Ocap.Daemon.Home;

/// <summary>Tells file systems whose locks and memory maps reach over a network, where neither flock nor SQLite's WAL can be relied on.</summary>
internal static class NetworkFileSystem
{
    private static readonly string[] Names =
        ["nfs", "nfs4", "cifs", "smb", "smb2", "smbfs", "afs", "afpfs", "ncp", "ncpfs", "coda", "ceph", "lustre", "gfs2", "glusterfs", "webdav", "fuse.sshfs"];

    /// <summary>The name of the network file system a directory is on; null when it is a local one, or cannot be told.</summary>
    internal static string? NameAt(string directory)
    {
        try
        {
            return Classify(new DriveInfo(directory).DriveFormat);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    internal static string? Classify(string format) => Array.Find(Names, name => string.Equals(name, format, StringComparison.OrdinalIgnoreCase));
}
