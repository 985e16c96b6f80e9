using Ocap.Daemon.Home;
using Ocap.Daemon.Log;

namespace Ocap.Daemon;

/// <summary>How a daemon is to run.</summary>
/// <param name="Home">Its state.</param>
/// <param name="Version">The version of this executable.</param>
/// <param name="Detached">Started by a client, which waits for one line on standard output; else in the foreground.</param>
public sealed record DaemonOptions(HomeDirectory Home, string Version, bool Detached);

/// <summary>What a kernel is composed from. The home is checked and locked.</summary>
/// <param name="Home">Its state.</param>
/// <param name="Log">Where to write what a person may want to know.</param>
/// <param name="Time">The clock.</param>
public sealed record DaemonContext(HomeDirectory Home, DaemonLog Log, TimeProvider Time)
{
    /// <summary>Called when something has been done, by any thread.</summary>
    public Action Stirred { get; init; } = static () => { };

    /// <summary>Vats run in processes of their own. Else they run in the daemon's: for debugging one process instead of several.</summary>
    public bool VatsAreHosted { get; init; } = Environment.GetEnvironmentVariable("OCAP_VAT_HOSTS") is not "none";
}
