using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ocap.Bundler.Output;

/// <summary>The <c>.bundle</c> file around the code.</summary>
internal static class BundleJson
{
    public static byte[] Format(string code, IEnumerable<string> exports, string places)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("moduleFormat", "iife");
            json.WriteString("code", code);
            json.WriteStartArray("exports");
            foreach (string name in exports)
            {
                json.WriteStringValue(name);
            }
            json.WriteEndArray();
            json.WriteStartArray("external");
            json.WriteEndArray();
            // Ours alone: other loaders do not look at it.
            json.WriteString("ocapPlaces", places);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
