using Ocap.Bundler;
using Ocap.Daemon.Kernel;

namespace Ocap.Cli.Bundling;

/// <summary>The bundler as the daemon uses it, for vats that are configured by their <c>sourceSpec</c>. The person who launches is elsewhere: paths are shown in full.</summary>
internal static class VatSource
{
    internal static SourceBundle Bundle(string path)
    {
        Func<SourceBundle> made = () => throw new InvalidOperationException("The bundler did not come to an end.");
        Thread thread = new(() => made = Make(path), BundleWorkers.StackBytes) { Name = "bundle", IsBackground = true };
        thread.Start();
        thread.Join();
        return made();
    }

    private static Func<SourceBundle> Make(string path)
    {
        try
        {
            BundleResult result = Ocap.Bundler.Bundle.Build(path, new BundleOptions { DisplayDirectory = "", Read = SourceFiles.Read });
            SourceBundle made = new(result.Bytes, result.Warnings);
            return () => made;
        }
        catch (BundleException fault)
        {
            return () => throw new Vats.BundleException(fault.Message);
        }
    }
}
