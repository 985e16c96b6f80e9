using System.Collections.Frozen;

namespace Ocap.Vats.Endowments.Text;

/// <summary>The encodings that can be decoded, by the labels of the Encoding standard.</summary>
internal static class Encodings
{
    private static readonly FrozenDictionary<string, string> ByLabel = Table(
        ("utf-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"),
        ("utf-16le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"),
        ("utf-16be", "unicodefffe utf-16be"),
        ("windows-1252", "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"));

    /// <summary>The encoding's name, or null.</summary>
    internal static string? Find(string label) => ByLabel.GetValueOrDefault(label.Trim('\t', '\n', '\f', '\r', ' ').ToLowerInvariant());

    internal static VatDecoder Decoder(string name, bool isFatal, bool ignoresMark) => name switch
    {
        "utf-8" => new Utf8Decoder(isFatal, ignoresMark),
        "windows-1252" => new Latin1Decoder(),
        _ => new Utf16Decoder(name is "utf-16be", isFatal, ignoresMark),
    };

    private static FrozenDictionary<string, string> Table(params (string Name, string Labels)[] encodings) =>
        encodings.SelectMany(static encoding => encoding.Labels.Split(' ').Select(label => (label, encoding.Name)))
            .ToFrozenDictionary(static entry => entry.label, static entry => entry.Name, StringComparer.Ordinal);
}
