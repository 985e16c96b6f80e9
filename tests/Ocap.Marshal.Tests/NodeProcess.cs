using System.Diagnostics;

namespace Ocap.Marshal.Tests;

/// <summary>Node as the authority on what JavaScript does.</summary>
internal static class NodeProcess
{
    /// <summary>Runs a program with <paramref name="input"/> on its standard input and gives its standard output, or fails with its standard error.</summary>
    public static async Task<string> RunAsync(string program, string input)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-e");
        start.ArgumentList.Add(program);
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start; is it installed?");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Task<string> output = node.StandardOutput.ReadToEndAsync(deadline.Token);
        Task<string> errors = node.StandardError.ReadToEndAsync(deadline.Token);
        await node.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
        node.StandardInput.Close();
        string text = await output;
        await node.WaitForExitAsync(deadline.Token);
        return node.ExitCode == 0 ? text : throw new InvalidOperationException($"node failed: {await errors}");
    }
}
