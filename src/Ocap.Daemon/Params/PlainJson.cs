using System.Buffers;
using System.Text.Json;
using Ocap.Marshal;
using Ocap.Rpc.Text;

namespace Ocap.Daemon.Params;

/// <summary>
/// JSON as <c>JSON.stringify(JSON.parse(text))</c> gives it: no spaces, one value per name, array indexes first, numbers as JavaScript prints them.
/// What is stored and shown again must not depend on how it was typed.
/// </summary>
internal static class PlainJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = StringifyEncoder.Instance, SkipValidation = true, MaxDepth = int.MaxValue };

    /// <summary>The same value, written plainly.</summary>
    internal static JsonDocument Normalize(JsonElement value, int depth)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            Write(writer, value);
        }

        return JsonDocument.Parse(bytes.WrittenMemory, new JsonDocumentOptions { MaxDepth = depth });
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach ((string name, JsonElement member) in JsObjectOrder.Arrange(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value))))
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement element in value.EnumerateArray())
                {
                    Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                double number = JsPrint.Number(value);
                writer.WriteRawValue(double.IsFinite(number) ? JsNumber.ToText(number) : "null", skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
