using Ocap.Daemon.Home;

namespace Ocap.Cli.Client;

/// <summary>Where a daemon can live: its locks, signals and sessions are Unix's.</summary>
internal static class Platform
{
    /// <summary>What is said on Windows.</summary>
    internal static DaemonException NoDaemonHere() => new("The daemon runs on Linux and macOS; on Windows, use it inside WSL.");
}
