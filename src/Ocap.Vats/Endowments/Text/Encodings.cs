using System.Collections.Frozen;

namespace Ocap.Vats.Endowments.Text;

/// <summary>The encodings that can be decoded, by the labels of the Encoding standard: all but those of East Asia, whose tables are large.</summary>
internal static class Encodings
{
    private static readonly FrozenDictionary<string, string> ByLabel = Table(
        ("utf-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"),
        ("utf-16le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"),
        ("utf-16be", "unicodefffe utf-16be"));

    /// <summary>The encoding's name, or null.</summary>
    internal static string? Find(string label)
    {
        string known = label.Trim('\t', '\n', '\f', '\r', ' ').ToLowerInvariant();
        return ByLabel.GetValueOrDefault(known) ?? SingleByteTable.Find(known)?.Name;
    }

    internal static VatDecoder Decoder(string name, bool isFatal, bool ignoresMark) => name switch
    {
        "utf-8" => new Utf8Decoder(isFatal, ignoresMark),
        "utf-16le" or "utf-16be" => new Utf16Decoder(name is "utf-16be", isFatal, ignoresMark),
        _ => new SingleByteDecoder(SingleByteTable.Find(name)!, isFatal),
    };

    private static FrozenDictionary<string, string> Table(params (string Name, string Labels)[] encodings) =>
        encodings.SelectMany(static encoding => encoding.Labels.Split(' ').Select(label => (label, encoding.Name)))
            .ToFrozenDictionary(static entry => entry.label, static entry => entry.Name, StringComparer.Ordinal);
}
