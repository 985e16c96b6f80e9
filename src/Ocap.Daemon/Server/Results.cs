using System.Text.Json;
using Ocap.Marshal;

namespace Ocap.Daemon.Server;

/// <summary>Results that several methods share.</summary>
internal static class Results
{
    /// <summary>The result <c>null</c>.</summary>
    internal static readonly Action<Utf8JsonWriter> Null = static json => json.WriteNullValue();

    /// <summary>Writes <c>{"body":…,"slots":[…]}</c>.</summary>
    internal static void Write(Utf8JsonWriter json, CapData data)
    {
        json.WriteStartObject();
        json.WriteString("body"u8, data.Body);
        json.WriteStartArray("slots"u8);
        foreach (string slot in data.Slots)
        {
            json.WriteStringValue(slot);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
