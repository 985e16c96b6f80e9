using System.Diagnostics;

namespace Ocap.Bundler.Tests;

/// <summary>Node as the authority on what modules mean.</summary>
internal static class NodeProcess
{
    /// <summary>What Node prints, or a failure with what it complained of.</summary>
    public static async Task<string> RunAsync(string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_ENV"] = "production";
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start; is it installed?");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Task<string> output = node.StandardOutput.ReadToEndAsync(deadline.Token);
        Task<string> errors = node.StandardError.ReadToEndAsync(deadline.Token);
        string text = await output;
        await node.WaitForExitAsync(deadline.Token);
        return node.ExitCode == 0 ? text : throw new InvalidOperationException($"node failed: {await errors}");
    }
}
