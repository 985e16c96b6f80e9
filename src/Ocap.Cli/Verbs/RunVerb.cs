using System.Runtime.Versioning;
using Ocap.Cli.Bundling;
using Ocap.Cli.Client;
using Ocap.Daemon;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon run</c>: this process is the daemon.</summary>
internal static class RunVerb
{
    internal static int Run(bool detached = false)
    {
        if (OperatingSystem.IsWindows())
            throw Platform.NoDaemonHere();
        DaemonOptions options = new(Invocation.Home, Build.Version, detached);
        return DaemonHost.RunAsync(options, Compose).GetAwaiter().GetResult();
    }

    [UnsupportedOSPlatform("windows")]
    private static IDaemonKernel Compose(DaemonContext context) => KernelComposition.Create(context, VatSource.Bundle);
}
