using System.Collections.Frozen;
using Ocap.Vats.Endowments.Text.MultiByte;

namespace Ocap.Vats.Endowments.Text;

/// <summary>
/// The encodings that can be decoded, by the labels of the Encoding standard (§4.2): all of them, and <c>replacement</c>, which is
/// known and never decoded: it stands for encodings that are dangerous.
/// </summary>
internal static class Encodings
{
    private static readonly FrozenDictionary<string, string> ByLabel = Table(
        ("utf-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"),
        ("utf-16le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"),
        ("utf-16be", "unicodefffe utf-16be"),
        ("gbk", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"),
        ("gb18030", "gb18030"),
        ("big5", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"),
        ("euc-jp", "cseucpkdfmtjapanese euc-jp x-euc-jp"),
        ("iso-2022-jp", "csiso2022jp iso-2022-jp"),
        ("shift_jis", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"),
        ("euc-kr", "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"),
        ("replacement", "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement"));

    /// <summary>The encoding's name, or null.</summary>
    internal static string? Find(string label)
    {
        string known = label.Trim('\t', '\n', '\f', '\r', ' ').ToLowerInvariant();
        return ByLabel.GetValueOrDefault(known) ?? SingleByteTable.Find(known)?.Name;
    }

    /// <param name="name">A name that <see cref="Find"/> gave, but for <c>replacement</c>.</param>
    /// <param name="isFatal">What is malformed is an error, not U+FFFD.</param>
    /// <param name="ignoresMark">A byte order mark is text; only UTF-8 and UTF-16 have any.</param>
    internal static VatDecoder Decoder(string name, bool isFatal, bool ignoresMark) => name switch
    {
        "utf-8" => new Utf8Decoder(isFatal, ignoresMark),
        "utf-16le" or "utf-16be" => new Utf16Decoder(name is "utf-16be", isFatal, ignoresMark),
        "gbk" or "gb18030" => new Gb18030Decoder(isFatal),
        "big5" => new Big5Decoder(isFatal),
        "euc-jp" => new EucJpDecoder(isFatal),
        "iso-2022-jp" => new Iso2022JpDecoder(isFatal),
        "shift_jis" => new ShiftJisDecoder(isFatal),
        "euc-kr" => new EucKrDecoder(isFatal),
        _ => new SingleByteDecoder(SingleByteTable.Find(name)!, isFatal),
    };

    private static FrozenDictionary<string, string> Table(params (string Name, string Labels)[] encodings) =>
        encodings.SelectMany(static encoding => encoding.Labels.Split(' ').Select(label => (label, encoding.Name)))
            .ToFrozenDictionary(static entry => entry.label, static entry => entry.Name, StringComparer.Ordinal);
}
