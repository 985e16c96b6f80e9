using System.Diagnostics;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>Runs a program to its end, with pipes on all its streams. A pipe that outlives the program fails the test: somebody inherited it.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan PipeLimit = TimeSpan.FromSeconds(5);

    internal static async Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string? input = null, string? directory = null)
    {
        using Process process = Start(program, arguments, environment, directory);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        using CancellationTokenSource late = new(Limit);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit.TotalSeconds} s.");
        }
        try
        {
            return new CommandResult(process.ExitCode, await output.WaitAsync(PipeLimit), await error.WaitAsync(PipeLimit));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} has ended, but its pipes are still open: something it started holds them.");
        }
    }

    internal static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string? directory = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        foreach ((string name, string? value) in environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }
}
