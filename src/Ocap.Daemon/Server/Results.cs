using System.Text.Json;
using Ocap.Marshal;

namespace Ocap.Daemon.Server;

/// <summary>Results that several methods share.</summary>
internal static class Results
{
    /// <summary>Characters that are written at once: for a text the writer takes a buffer of six times its length from a pool, which keeps it.</summary>
    private const int Piece = 8192;

    /// <summary>The result <c>null</c>.</summary>
    internal static readonly Action<Utf8JsonWriter> Null = static json => json.WriteNullValue();

    /// <summary>Writes <c>{"body":…,"slots":[…]}</c>.</summary>
    internal static void Write(Utf8JsonWriter json, CapData data)
    {
        json.WriteStartObject();
        json.WritePropertyName("body"u8);
        WriteText(json, data.Body);
        json.WriteStartArray("slots"u8);
        foreach (string slot in data.Slots)
        {
            json.WriteStringValue(slot);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<char> text)
    {
        while (text.Length > Piece + 1)
        {
            // The halves of a character stay together.
            int length = char.IsHighSurrogate(text[Piece - 1]) ? Piece + 1 : Piece;
            json.WriteStringValueSegment(text[..length], isFinalSegment: false);
            text = text[length..];
        }

        json.WriteStringValueSegment(text, isFinalSegment: true);
    }
}
