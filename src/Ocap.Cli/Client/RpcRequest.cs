using System.Buffers;
using System.Text.Json;

namespace Ocap.Cli.Client;

/// <summary>Writes the line that calls a method.</summary>
internal static class RpcRequest
{
    /// <summary>A request line with its newline.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="parameters">JSON on one line; empty leaves them out.</param>
    internal static ReadOnlySpan<byte> Line(string method, ReadOnlySpan<byte> parameters)
    {
        ArrayBufferWriter<byte> line = new(parameters.Length + 128);
        using (Utf8JsonWriter json = new(line, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteString("id"u8, "1"u8);
            json.WriteString("method"u8, method);
            if (!parameters.IsEmpty)
            {
                json.WritePropertyName("params"u8);
                json.WriteRawValue(parameters, skipInputValidation: true);
            }
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        return line.WrittenSpan;
    }
}
