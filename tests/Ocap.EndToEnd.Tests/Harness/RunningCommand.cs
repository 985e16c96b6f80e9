using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A command that runs until it is ended, and the lines it prints. Whatever is waited for is bounded in time.</summary>
internal sealed class RunningCommand : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _error = Channel.CreateUnbounded<string>();

    private RunningCommand(Process process)
    {
        _process = process;
        _ = PumpAsync(process.StandardOutput, _output.Writer);
        _ = PumpAsync(process.StandardError, _error.Writer);
    }

    internal static RunningCommand Start(TestHome home, params string[] arguments) => new(Command.Start(OcapBinary.Path, arguments, home.Environment, home.Root));

    /// <summary>The next line on standard output.</summary>
    internal Task<string> LineAsync() => NextAsync(_output, "standard output");

    /// <summary>The next line on standard error.</summary>
    internal Task<string> ErrorAsync() => NextAsync(_error, "standard error");

    /// <summary>Reads standard output up to a line that starts with a text, and gives all that was read.</summary>
    internal async Task<List<string>> UntilAsync(string start)
    {
        List<string> lines = [];
        do
        {
            lines.Add(await LineAsync());
        }
        while (!lines[^1].StartsWith(start, StringComparison.Ordinal));
        return lines;
    }

    /// <summary>Sends a signal, and gives the exit code and what was printed and not read.</summary>
    internal async Task<CommandResult> EndAsync(string signal = "INT")
    {
        using (Process kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return new CommandResult(_process.ExitCode, await RestAsync(_output), await RestAsync(_error));
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<string> RestAsync(Channel<string> lines)
    {
        string rest = "";
        await foreach (string line in lines.Reader.ReadAllAsync().WithCancellation(new CancellationTokenSource(Limit).Token))
            rest += line + "\n";
        return rest;
    }

    private async Task<string> NextAsync(Channel<string> lines, string name)
    {
        try
        {
            return await lines.Reader.ReadAsync().AsTask().WaitAsync(Limit);
        }
        catch (Exception fault) when (fault is TimeoutException or ChannelClosedException)
        {
            string other = string.Join('\n', Drain(lines == _output ? _error : _output));
            throw new InvalidOperationException($"No further line came on {name}. On the other stream: {other}", fault);
        }
    }

    private static IEnumerable<string> Drain(Channel<string> lines)
    {
        while (lines.Reader.TryRead(out string? line))
            yield return line;
    }

    private static async Task PumpAsync(StreamReader from, ChannelWriter<string> to)
    {
        while (await from.ReadLineAsync() is { } line)
            to.TryWrite(line);
        to.Complete();
    }
}
