using ConsoleAppFramework;
using Ocap.Cli.Watching;

namespace Ocap.Cli.Verbs;

/// <summary><c>watch</c>: bundles the sources of a directory, and again when they change (spec/cli.md §6).</summary>
internal static class WatchVerb
{
    internal static int Run([Argument] string dir)
    {
        string directory = ServeVerb.ExistingDirectory(dir);
        using Foreground foreground = new();
        using BundleWatch watch = new(directory);
        watch.Run(ready: () => { }, foreground.Ended);
        return foreground.ExitCode;
    }
}
