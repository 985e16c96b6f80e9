using Ocap.Cli.Output;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Client;

/// <summary>Says so when the daemon that runs is not of the version that was typed. It is read from the daemon's lock, so it costs no request.</summary>
internal static class VersionNotice
{
    internal static void Give(HomeDirectory home)
    {
        if (OperatingSystem.IsWindows())
            return;
        using DaemonLock? held = DaemonLock.Look(home);
        if (held?.Signature().Version is { } version && !string.Equals(version, Build.Version, StringComparison.Ordinal))
            Terminal.Say($"The daemon is version {Terminal.Harmless(version)}, this ocap is {Build.Version}. To run this version: ocap daemon restart");
    }
}
