using System.Globalization;
using Ocap.Daemon.Log;

namespace Ocap.Daemon.Lifecycle;

/// <summary>The daemon's number in a file, for people: decimal, without a newline. Nothing trusts it.</summary>
internal static class PidFile
{
    private static string Ours => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes this process's number. What keeps it from being written (a full disk) keeps no daemon from starting.</summary>
    internal static void Write(string path, DaemonLog log)
    {
        try
        {
            File.WriteAllText(path, Ours);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            log.Warn($"{path} cannot be written: {fault.Message}");
        }
    }

    /// <summary>Deletes the file, when the number in it is this process's.</summary>
    internal static void Remove(string path)
    {
        if (File.Exists(path) && string.Equals(File.ReadAllText(path), Ours, StringComparison.Ordinal))
            File.Delete(path);
    }

    /// <summary>Deletes the file of a daemon that is gone. What keeps it from being deleted keeps nobody from anything.</summary>
    internal static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is for people, and the lock is what counts.
        }
    }
}
