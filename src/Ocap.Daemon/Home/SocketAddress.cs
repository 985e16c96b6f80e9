using System.Text;

namespace Ocap.Daemon.Home;

/// <summary>Where a home's socket is. The one place that decides it, for the daemon and for its clients.</summary>
internal static class SocketAddress
{
    /// <summary>What every system's <c>sockaddr_un</c> holds beside the closing zero (macOS 104, Linux 108 in all).</summary>
    internal const int MaxBytes = 103;

    private const string TooLong = "is longer than the 103 bytes a socket's path may have";

    internal static string Resolve(string home, string? variable, string? runtimeDirectory)
    {
        if (variable is not null)
            return Fits(variable) ? variable : throw new DaemonException($"OCAP_SOCKET_PATH {TooLong}: {variable}. Choose a shorter one.");
        string own = Path.Combine(home, "daemon.sock");
        if (Fits(own))
            return own;
        if (runtimeDirectory is not null && Path.IsPathRooted(runtimeDirectory))
        {
            string instead = Path.Combine(runtimeDirectory, $"ocap-{Hash(Canonical(home)):x16}.sock");
            if (Fits(instead))
                return instead;
        }
        throw new DaemonException($"{own} {TooLong}, and XDG_RUNTIME_DIR names no shorter place. Choose a shorter --home, or set OCAP_SOCKET_PATH.");
    }

    private static bool Fits(string path) => Encoding.UTF8.GetByteCount(path) <= MaxBytes;

    /// <summary>The home with symbolic links resolved as far as it exists, so that all its spellings meet at one socket.</summary>
    private static string Canonical(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        string resolved = Path.Combine(Canonical(parent), Path.GetFileName(path));
        try
        {
            return Directory.ResolveLinkTarget(resolved, returnFinalTarget: true)?.FullName ?? resolved;
        }
        catch (IOException)
        {
            return resolved;
        }
    }

    /// <summary>FNV-1a, 64 bits: it tells homes of one person apart, nothing more.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 1099511628211;
        return hash;
    }
}
