using System.Text.Json;

namespace Ocap.Marshal;

/// <summary>JSON that was accepted from outside once and is kept: it must be read again however deep it is.</summary>
public static class StoredJson
{
    /// <summary>What a request may nest (1000 levels), and room for what it is wrapped in here.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1100 };

    /// <summary>Parses it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(json, Options);

    /// <summary>The same, of a part of a text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<char> json) => JsonDocument.Parse(json, Options);
}
