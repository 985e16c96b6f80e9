using System.Buffers;
using System.Text.Json;

namespace Ocap.Cli.Output;

/// <summary>Lays out JSON afresh, on one line or indented by two spaces, as <c>JSON.stringify</c> does. Strings and numbers stay byte for byte as they are.</summary>
internal static class JsonText
{
    private const int MaxDepth = 1_000_000;

    /// <summary>Writes exactly one JSON value.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    internal static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output, bool indented)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        bool first = true;
        bool afterName = false;
        while (reader.Read())
        {
            bool closes = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
            if (!closes && !first && !afterName)
                output.Write(","u8);
            if (indented && !afterName && (closes ? !first : reader.CurrentDepth > 0))
                NewLine(output, reader.CurrentDepth);
            afterName = reader.TokenType == JsonTokenType.PropertyName;
            first = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
            Token(ref reader, output, indented);
        }
    }

    private static void Token(ref Utf8JsonReader reader, IBufferWriter<byte> output, bool indented)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Quoted(reader.ValueSpan, output);
                output.Write(indented ? ": "u8 : ":"u8);
                break;
            case JsonTokenType.String:
                Quoted(reader.ValueSpan, output);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
    }

    private static void Quoted(ReadOnlySpan<byte> escaped, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        output.Write(escaped);
        output.Write("\""u8);
    }

    private static void NewLine(IBufferWriter<byte> output, int depth)
    {
        Span<byte> line = output.GetSpan(1 + (2 * depth))[..(1 + (2 * depth))];
        line.Fill((byte)' ');
        line[0] = (byte)'\n';
        output.Advance(line.Length);
    }
}
