using System.Buffers;
using System.Globalization;
using ConsoleAppFramework;
using Ocap.Cli.Client;
using Ocap.Cli.Output;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon exec</c>: one call, its result on standard output. What was typed is checked before a daemon is started for it.</summary>
internal static class ExecVerb
{
    internal static int Run([Argument] string method = "getStatus", [Argument] string? paramsJson = null, string? timeout = null)
    {
        TimeSpan? limit = null;
        if (timeout is not null)
        {
            if (!int.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) || seconds < 1)
                return Fail($"--timeout must be a positive integer, got: {timeout}");
            limit = TimeSpan.FromMilliseconds(Math.Min(seconds * 1000L, int.MaxValue));
        }
        if (!ExecParameters.TryRead(paramsJson, out ReadOnlyMemory<byte> parameters, out string? mistake))
            return Fail($"Error: {mistake}");
        if (method is "launchSubcluster")
            parameters = BundleSpecs.Resolve(parameters, Environment.CurrentDirectory);
        RpcReply reply = RunningDaemon.Call(Invocation.Home, RpcRequest.Line(method, parameters.Span), limit);
        if (reply.Error is { } error)
            return Fail($"Error: {Terminal.Harmless(error.Message)} (code {error.Code})");
        Print(reply.Result.Span);
        return 0;
    }

    /// <summary>Prints JSON: indented for a person, on one line for a program.</summary>
    internal static void Print(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> text = new(json.Length + 64);
        JsonText.Write(json, text, Terminal.IsInteractive);
        text.Write("\n"u8);
        Terminal.Result(text.WrittenSpan);
    }

    private static int Fail(string line)
    {
        Terminal.Say(line);
        return 1;
    }
}
