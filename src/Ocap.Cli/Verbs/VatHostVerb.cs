using Ocap.Cli.Client;
using Ocap.Cli.Output;
using Ocap.Vats.Hosting;

namespace Ocap.Cli.Verbs;

/// <summary><c>vat-host</c>: this process runs vats, and was started by a daemon for that.</summary>
internal static class VatHostVerb
{
    internal static int Run()
    {
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        VatHost.RunInherited();
        Terminal.Say("vat-host is how the daemon starts processes for its vats; it cannot be used from a command line.");
        return 1;
    }
}
