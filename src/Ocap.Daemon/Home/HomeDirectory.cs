namespace Ocap.Daemon.Home;

/// <summary>
/// The directory that holds one daemon's state, and the names of what lies in it (spec/cli.md §2). Resolving reads the environment only, never the disk.
/// </summary>
public sealed class HomeDirectory
{
    private readonly string? _socketVariable;
    private readonly string? _runtimeDirectory;

    private HomeDirectory(string path, string? userDirectory, string? socketVariable, string? runtimeDirectory)
    {
        Path = path;
        UserDirectory = userDirectory;
        _socketVariable = socketVariable;
        _runtimeDirectory = runtimeDirectory;
    }

    /// <summary>The variable that names the home when no option does.</summary>
    public const string HomeVariable = "OCAP_HOME";

    /// <summary>The variable that names the socket when no option names the home.</summary>
    public const string SocketVariable = "OCAP_SOCKET_PATH";

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>The person's own home directory (<c>HOME</c>), shown as <c>~</c>; null when unset.</summary>
    public string? UserDirectory { get; }

    /// <summary>The socket that daemon and clients of this home meet at.</summary>
    /// <exception cref="DaemonException">It is too long for a socket and there is no shorter place.</exception>
    public string Socket => SocketAddress.Resolve(Path, _socketVariable, _runtimeDirectory);

    /// <summary>Held while somebody starts, stops or purges this home's daemon.</summary>
    public string SpawnLock => In("spawn.lock");

    /// <summary>Held by the daemon as long as it lives.</summary>
    public string DaemonLock => In("daemon.lock");

    /// <summary>Decimal pid without newline, for people; nothing trusts it.</summary>
    public string PidFile => In("daemon.pid");

    /// <summary>The newest log file; older ones carry a number after it.</summary>
    public string Log => In("daemon.log");

    /// <summary>The kernel's database.</summary>
    public string Database => In("kernel.sqlite");

    /// <summary>The identity's secrets.</summary>
    public string Identity => In("identity.json");

    /// <summary>The subclusters that the daemon has by itself, if a person wrote it.</summary>
    public string SystemSubclusters => In("system-subclusters.json");

    /// <summary>Kept bundles, by hash.</summary>
    public string Bundles => In("bundles");

    /// <summary>Finds the home: the option, else <c>OCAP_HOME</c>, else <c>~/.ocap</c>; empty counts as not given.</summary>
    /// <param name="option">The value of <c>--home</c>. It also makes the home's own socket win over <c>OCAP_SOCKET_PATH</c>.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <exception cref="DaemonException">Neither is given and <c>HOME</c> is not set.</exception>
    public static HomeDirectory Resolve(string? option, Func<string, string?> environment)
    {
        string? user = NonEmpty(environment(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"));
        string? socket = NonEmpty(option) is null ? NonEmpty(environment(SocketVariable)) : null;
        string chosen = NonEmpty(option) ?? NonEmpty(environment(HomeVariable)) ?? (user is null ? null : System.IO.Path.Combine(user, ".ocap"))
            ?? throw new DaemonException("HOME is not set, so there is no place for the daemon's state. Set HOME or OCAP_HOME, or pass --home <dir>.");
        string path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(chosen));
        return new HomeDirectory(path, user, socket is null ? null : System.IO.Path.GetFullPath(socket), NonEmpty(environment("XDG_RUNTIME_DIR")));
    }

    /// <summary>A path as people write it: the start that is their home directory becomes <c>~</c>.</summary>
    public string Tilde(string path) =>
        UserDirectory is { } user && path.StartsWith(System.IO.Path.TrimEndingDirectorySeparator(user) + '/', StringComparison.Ordinal)
            ? string.Concat("~", path.AsSpan(System.IO.Path.TrimEndingDirectorySeparator(user).Length))
            : path;

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
