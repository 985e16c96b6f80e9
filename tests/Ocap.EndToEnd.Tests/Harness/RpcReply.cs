using System.Text.Json;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>One answer of a daemon: a result, or an error with its code, message and data.</summary>
internal sealed record RpcReply(string Line)
{
    private readonly JsonElement _root = JsonDocument.Parse(Line).RootElement;

    internal JsonElement Result => _root.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException($"The daemon answered with an error: {Line}");

    internal bool IsError => _root.TryGetProperty("error", out _);

    internal int Code => Error.GetProperty("code").GetInt32();

    internal string Message => Error.GetProperty("message").GetString()!;

    internal JsonElement Error => _root.TryGetProperty("error", out JsonElement error) ? error : throw new InvalidOperationException($"The daemon answered without an error: {Line}");

    internal JsonElement Id => _root.GetProperty("id");

    internal string[] Members => [.. _root.EnumerateObject().Select(member => member.Name)];

    /// <summary>The body of a CapData result, without its leading <c>#</c>.</summary>
    internal string Body => BodyOf(Result);

    internal string[] Slots => [.. Result.GetProperty("slots").EnumerateArray().Select(slot => slot.GetString()!)];

    internal static string BodyOf(JsonElement capData) => capData.GetProperty("body").GetString()![1..];
}
