using System.Globalization;
using ConsoleAppFramework;
using Ocap.Cli.Http;
using Ocap.Cli.Output;
using Ocap.Cli.Watching;

namespace Ocap.Cli.Verbs;

/// <summary><c>start</c>: <c>watch</c> and <c>serve</c> in one (spec/cli.md §6). The port is taken first: who cannot have it need not wait for bundles.</summary>
internal static class WatchAndServeVerb
{
    internal static int Run([Argument] string dir, string? port = null, string? host = null)
    {
        ListenAddress address = ListenAddress.Parse(port, host);
        string directory = ServeVerb.ExistingDirectory(dir);
        using Foreground foreground = new();
        using HttpServer server = ServeVerb.Open(directory, address);
        using BundleWatch watch = new(directory);
        Task serving = Task.CompletedTask;
        watch.Run(ready: () =>
        {
            serving = server.RunAsync(foreground.Ended);
            Terminal.Result(string.Create(CultureInfo.InvariantCulture, $"Bundling and serving {directory} on {address.Url(server.Port)["http://".Length..]}"));
        }, foreground.Ended);
        serving.GetAwaiter().GetResult();
        return foreground.ExitCode;
    }
}
