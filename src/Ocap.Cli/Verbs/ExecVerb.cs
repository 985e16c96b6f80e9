using System.Buffers;
using ConsoleAppFramework;
using Ocap.Cli.Client;
using Ocap.Cli.CommandLine;
using Ocap.Cli.Output;
using Ocap.Daemon.Methods;
using Ocap.Rpc;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon exec</c>: one call, its result on standard output. What was typed is checked before a daemon is started for it.</summary>
internal static class ExecVerb
{
    internal static int Run([Argument] string method = "getStatus", [Argument] string? paramsJson = null, string? timeout = null)
    {
        if (!AnswerTimeout.TryRead(timeout, out TimeSpan? limit, out string? mistake))
            return Fail(mistake);
        if (!JsonArgument.TryRead("params-json", paramsJson, out ReadOnlyMemory<byte> parameters, out mistake))
            return Fail($"Error: {mistake}");
        if (parameters.Span.SequenceEqual("null"u8))
            return Fail("Error: params-json must be an array or an object, and null is neither; leave it out when the method takes none.");
        if (method is "launchSubcluster" && !parameters.IsEmpty)
            parameters = BundleSpecs.Resolve(parameters, Environment.CurrentDirectory);
        return Call(method, parameters.Span, limit, static result => Print(result.Span));
    }

    /// <summary>Calls the daemon and shows the result, or the error with exit code 1.</summary>
    internal static int Call(string method, ReadOnlySpan<byte> parameters, TimeSpan? limit, Action<ReadOnlyMemory<byte>> show)
    {
        RpcReply reply = RunningDaemon.Call(Invocation.Home, RpcRequest.Line(method, parameters), limit);
        if (reply.Error is { } error)
            return Fail($"Error: {Terminal.Harmless(error.Message)} (code {error.Code}){(error.Code == RpcErrorCode.MethodNotFound ? "\n" + MethodHint(method) : "")}");
        show(reply.Result);
        return 0;
    }

    /// <summary>What was perhaps meant by a method's name that the daemon does not know.</summary>
    private static string MethodHint(string method) => Suggestion.For(method, MethodNames.All) is { } guess
        ? $"Did you mean: ocap daemon exec {guess}"
        : $"The methods are: {string.Join(", ", MethodNames.All)}";

    /// <summary>Prints JSON: indented for a person, on one line for a program.</summary>
    internal static void Print(ReadOnlySpan<byte> json)
    {
        ArrayBufferWriter<byte> text = new(json.Length + 64);
        JsonText.Write(json, text, Terminal.IsInteractive);
        text.Write("\n"u8);
        Terminal.Result(text.WrittenSpan);
    }

    internal static int Fail(string line)
    {
        Terminal.Say(line);
        return 1;
    }
}
