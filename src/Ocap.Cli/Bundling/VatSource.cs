using Ocap.Bundler;
using Ocap.Daemon.Kernel;

namespace Ocap.Cli.Bundling;

/// <summary>The bundler as the daemon uses it, for vats that are configured by their <c>sourceSpec</c>. The person who launches is elsewhere: paths are shown in full.</summary>
internal static class VatSource
{
    internal static SourceBundle Bundle(string path)
    {
        try
        {
            BundleResult result = Ocap.Bundler.Bundle.Build(path, new BundleOptions { DisplayDirectory = "" });
            return new SourceBundle(result.Bytes, result.Warnings);
        }
        catch (BundleException fault)
        {
            throw new Vats.BundleException(fault.Message);
        }
    }
}
