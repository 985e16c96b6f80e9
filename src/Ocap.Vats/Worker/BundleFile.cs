using System.Text;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Worker;

/// <summary>Reads a <c>.bundle</c> (spec/cluster-config.md §6).</summary>
internal static class BundleFile
{
    /// <summary>The code of a bundle, and where it came from, if the bundle says.</summary>
    /// <exception cref="BundleException">The bytes are no bundle.</exception>
    internal static (string Code, string? Places) Read(ReadOnlyMemory<byte> content)
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
            JsonTree.Text code => (code.Value, (record["ocapPlaces"] as JsonTree.Text)?.Value),
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
