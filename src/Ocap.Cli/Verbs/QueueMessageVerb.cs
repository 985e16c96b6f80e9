using System.Buffers;
using System.Text;
using System.Text.Json;
using ConsoleAppFramework;
using Ocap.Marshal;

namespace Ocap.Cli.Verbs;

/// <summary><c>daemon queueMessage</c>: one message to an object, and its answer as a person reads it (spec/cli.md §4).</summary>
internal static class QueueMessageVerb
{
    internal static int Run([Argument] string target, [Argument] string method, [Argument] string? argsJson = null, bool raw = false, string? timeout = null)
    {
        if (!AnswerTimeout.TryRead(timeout, out TimeSpan? limit, out string? mistake))
            return ExecVerb.Fail(mistake);
        if (!JsonArgument.TryRead("args-json", argsJson ?? "[]", out ReadOnlyMemory<byte> arguments, out mistake))
            return ExecVerb.Fail($"Error: {mistake}");
        if (!arguments.Span.StartsWith("["u8))
            return ExecVerb.Fail("Error: args-json must be a JSON array.");
        return ExecVerb.Call("queueMessage", Parameters(target, method, arguments.Span), limit, raw
            ? static result => ExecVerb.Print(result.Span)
            : static result => ExecVerb.Print(Decoded(result)));
    }

    private static ReadOnlySpan<byte> Parameters(string target, string method, ReadOnlySpan<byte> arguments)
    {
        ArrayBufferWriter<byte> tuple = new(arguments.Length + 128);
        using (Utf8JsonWriter json = new(tuple, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartArray();
            json.WriteStringValue(target);
            json.WriteStringValue(method);
            json.WriteRawValue(arguments, skipInputValidation: true);
            json.WriteEndArray();
        }
        return tuple.WrittenSpan;
    }

    /// <summary>The answer for a person; one that is no CapData, or that cannot be shown, stays as it is.</summary>
    private static ReadOnlySpan<byte> Decoded(ReadOnlyMemory<byte> result)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(result);
            return answer.RootElement is { ValueKind: JsonValueKind.Object } data
                && data.TryGetProperty("body", out JsonElement body) && body.ValueKind == JsonValueKind.String
                && data.TryGetProperty("slots", out JsonElement slots) && slots.ValueKind == JsonValueKind.Array
                ? Encoding.UTF8.GetBytes(Prettifier.Prettify(new CapData(body.GetString()!, [.. slots.EnumerateArray().Select(static slot => slot.ToString())])))
                : result.Span;
        }
        catch (Exception undecodable) when (undecodable is FormatException or JsonException or InvalidOperationException)
        {
            return result.Span;
        }
    }
}
