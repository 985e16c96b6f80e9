using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Worker;

/// <summary>Reads a <c>.bundle</c> (spec/cluster-config.md §6).</summary>
internal static class BundleFile
{
    /// <summary>The code of a bundle, and where it came from, if the bundle says.</summary>
    /// <exception cref="BundleException">The bytes are no bundle.</exception>
    internal static BundleText Read(ReadOnlyMemory<byte> content) => ReadFast(content.Span) ?? ReadCarefully(content);

    /// <summary>
    /// With no text in between: what is large is collected only together with the whole heap, and for each 3 MB of it. Null for what is not as a bundler
    /// writes it.
    /// </summary>
    private static BundleText? ReadFast(ReadOnlySpan<byte> content)
    {
        string? format = null, wrapped = null, places = null;
        var reader = new Utf8JsonReader(content);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (name is not ("moduleFormat" or "code" or "ocapPlaces"))
                {
                    reader.Skip();
                    continue;
                }

                switch (reader.TokenType, name)
                {
                    case (JsonTokenType.String, "moduleFormat"): format = reader.GetString(); break;
                    case (JsonTokenType.String, "code"): wrapped = Wrapped(ref reader); break;
                    case (JsonTokenType.String, _): places = reader.GetString(); break;
                    default: return null;
                }
            }

            return !reader.Read() && format is "iife" && wrapped is not null ? new BundleText(wrapped, places) : null;
        }
        catch (Exception unusual) when (unusual is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static unsafe string Wrapped(ref Utf8JsonReader reader)
    {
        // Never more characters than bytes.
        int most = reader.ValueSpan.Length;
        char* characters = (char*)NativeMemory.Alloc((nuint)(BundleText.Head.Length + most + BundleText.Tail.Length), sizeof(char));
        try
        {
            BundleText.Head.CopyTo(new Span<char>(characters, BundleText.Head.Length));
            int end = BundleText.Head.Length + reader.CopyString(new Span<char>(characters + BundleText.Head.Length, most));
            BundleText.Tail.CopyTo(new Span<char>(characters + end, BundleText.Tail.Length));
            return new string(characters, 0, end + BundleText.Tail.Length);
        }
        finally
        {
            NativeMemory.Free(characters);
        }
    }

    private static BundleText ReadCarefully(ReadOnlyMemory<byte> content)
    {
        JsonTree bundle;
        try
        {
            bundle = JsonTree.Parse(Encoding.UTF8.GetString(content.Span).TrimStart('\uFEFF'));
        }
        catch (FormatException error)
        {
            throw new BundleException(error.Message);
        }

        if (bundle is not JsonTree.Record record)
        {
            throw new BundleException("Invalid bundle: must be an object");
        }

        if (record["moduleFormat"] is not JsonTree.Text { Value: "iife" })
        {
            throw new BundleException($"Unknown bundle format: {Shown(record["moduleFormat"])}");
        }

        return record["code"] switch
        {
            JsonTree.Text code => BundleText.Of(code.Value, (record["ocapPlaces"] as JsonTree.Text)?.Value),
            null => throw new BundleException("Invalid bundle: missing code"),
            _ => throw new BundleException("Invalid bundle: code must be a string"),
        };
    }

    private static string Shown(JsonTree? format) => format switch
    {
        null => "undefined",
        JsonTree.Text text => text.Value,
        JsonTree.Null => "null",
        JsonTree.Bool flag => flag.Value ? "true" : "false",
        JsonTree.Number number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "[object Object]",
    };
}
