using System.Runtime.Versioning;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Daemon.Home;

/// <summary>
/// Makes a home, or checks the one that is there: it must be ours, on this machine, and closed to others. What is merely readable is tightened;
/// what others could have changed is refused, with the command to type.
/// </summary>
[UnsupportedOSPlatform("windows")]
public static class HomeGuard
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateDirectory = Private | UnixFileMode.UserExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>The user this process acts for.</summary>
    public static uint CurrentUser => Libc.EffectiveUserId();

    /// <summary>Leaves a home at mode 0700 with files at 0600, making it if need be.</summary>
    /// <param name="home">The home.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <param name="notice">Is told, in a line, what was changed.</param>
    /// <exception cref="DaemonException">The home is refused or cannot be made.</exception>
    public static void Prepare(HomeDirectory home, Func<string, string?> environment, Action<string> notice)
    {
        string path = home.Path;
        FileStatus? found = FileStatus.Of(path, followLinks: true);
        RefuseSudo(path, environment);
        if (found is null)
            Make(path);
        else
            Check(path, found.Value);
        if (NetworkFileSystem.NameAt(path) is { } network)
            throw new DaemonException($"{path} is on a network file system ({network}), where locks and the database are not safe. Choose a local directory with --home or OCAP_HOME.");
        if (found is { } status && (status.Permissions & ~PrivateDirectory) != UnixFileMode.None)
            Tighten(path, notice);
    }

    /// <summary>Whether there is a home at all; one that is not ours is refused. Nothing is changed.</summary>
    /// <exception cref="DaemonException">It is there and refused.</exception>
    public static bool Exists(HomeDirectory home)
    {
        if (FileStatus.Of(home.Path, followLinks: true) is not { } found)
            return false;
        Check(home.Path, found);
        return true;
    }

    private static void Make(string path)
    {
        if (DanglingLink.TargetOf(path) is { } target)
            throw new DaemonException($"{path} is a link to {target}, which is not there. Make that directory, or choose another home with --home or OCAP_HOME.");
        try
        {
            using PrivateUmask umask = PrivateUmask.Begin();
            Directory.CreateDirectory(path, PrivateDirectory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DaemonException($"Cannot make the home directory {path}: {fault.Message} Choose another with --home or OCAP_HOME.");
        }
        // Somebody else may have made it in between: what counts is what is there now.
        Check(path, FileStatus.Of(path, followLinks: true) ?? throw new DaemonException($"{path} was removed while it was being made. Try again."));
    }

    private static void Check(string path, FileStatus found)
    {
        uint me = Libc.EffectiveUserId();
        if (!found.IsDirectory)
            throw new DaemonException($"{path} is not a directory. Choose another home with --home or OCAP_HOME.");
        if (found.Owner != me)
            throw new DaemonException($"{path} belongs to user {found.Owner}, and you are user {me}. Choose another home with --home, or take this one over: sudo chown -R {me} {Quoted(path)}");
        if ((found.Permissions & WritableByOthers) != UnixFileMode.None)
            throw new DaemonException($"{path} can be changed by other users (mode {Octal(found.Permissions)}). If you trust what is in it, type: chmod 700 {Quoted(path)}");
    }

    /// <summary>Root by sudo, in a place of somebody who is not root: files would be left there that its owner cannot use.</summary>
    private static void RefuseSudo(string path, Func<string, string?> environment)
    {
        if (Libc.EffectiveUserId() != 0 || environment("SUDO_UID") is null or "" or "0")
            return;
        uint owner = OwnerOfNearest(path);
        if (owner != 0)
            throw new DaemonException($"sudo runs ocap as root, but {path} is in a place of user {owner}, who could not use what root leaves there. Run ocap without sudo, or give root a home of its own with --home");
    }

    private static uint OwnerOfNearest(string path)
    {
        for (string? at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (FileStatus.Of(at, followLinks: true) is { } found)
                return found.Owner;
        }
        return 0;
    }

    private static void Tighten(string path, Action<string> notice)
    {
        File.SetUnixFileMode(path, PrivateDirectory);
        foreach (string file in Directory.EnumerateFiles(path))
        {
            if (FileStatus.Of(file, followLinks: false) is { IsRegularFile: true } status && status.Owner == Libc.EffectiveUserId() && (status.Permissions & ~Private) != UnixFileMode.None)
                File.SetUnixFileMode(file, Private);
        }
        notice($"Closed {path} to other users: it is 0700 now, its files 0600.");
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+') ? path : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
