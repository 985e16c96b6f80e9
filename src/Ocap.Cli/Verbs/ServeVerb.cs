using ConsoleAppFramework;
using Ocap.Cli.Http;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Verbs;

/// <summary><c>serve</c>: the bundles of a directory by HTTP (spec/cli.md §6).</summary>
internal static class ServeVerb
{
    internal static int Run([Argument] string dir, string? port = null, string? host = null)
    {
        ListenAddress address = ListenAddress.Parse(port, host);
        string directory = ExistingDirectory(dir);
        using Foreground foreground = new();
        using HttpServer server = Open(directory, address);
        Terminal.Result($"Starting bundle server in {directory} on {address.Url(server.Port)}");
        server.RunAsync(foreground.Ended).GetAwaiter().GetResult();
        return foreground.ExitCode;
    }

    /// <summary>The full path of a directory that is there.</summary>
    /// <exception cref="CommandException">It is not.</exception>
    internal static string ExistingDirectory(string named)
    {
        string path = Path.GetFullPath(named);
        if (Directory.Exists(path))
            return path;
        throw new CommandException(
            DanglingLink.TargetOf(path) is { } target ? $"{path} is a link to {target}, which is not there."
            : File.Exists(path) ? $"{path} is a file; name the directory it is in."
            : $"There is no directory {path}.");
    }

    /// <summary>A server of a directory's bundles, listening. Says so when others can reach it.</summary>
    internal static HttpServer Open(string directory, ListenAddress address)
    {
        HttpServer server = HttpServer.Listen(address.Address, address.Port, new BundleDirectory(directory).Answer);
        if (address.IsOpenToOthers)
            Terminal.Say($"Warning: whoever reaches this machine at {address.Address} can read the bundles in {directory}.");
        return server;
    }
}
