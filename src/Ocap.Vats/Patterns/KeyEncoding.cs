using System.Globalization;
using System.Numerics;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Keys as text whose order is the rank order of the keys: what the rows of a collection are found by.</summary>
/// <param name="encodeRemotable">The text of a remotable: <c>r</c>, its ordinal in the collection, its reference.</param>
internal sealed class KeyEncoding(Passables passables, Func<ObjectInstance, string> encodeRemotable)
{
    internal string Encode(JsValue key)
    {
        PassStyle style = passables.StyleOf(key);
        return style switch
        {
            PassStyle.Null => "v",
            PassStyle.Undefined => "z",
            PassStyle.Number => EncodeNumber(key.AsNumber()),
            PassStyle.String => "s" + key,
            PassStyle.Boolean => key.AsBoolean() ? "btrue" : "bfalse",
            PassStyle.BigInt => EncodeBigInt(key.AsBigInt()),
            PassStyle.Remotable => encodeRemotable((ObjectInstance)key),
            PassStyle.Symbol => "y" + passables.Styles.Symbols.NameOf((JsSymbol)key),
            PassStyle.CopyArray => EncodeArray(passables.Elements(key).Select(Encode)),
            PassStyle.CopyRecord => "(" + EncodeRecord(key),
            PassStyle.Tagged => ":" + EncodeArray([Encode(passables.TagOf(key)), Encode(Passables.Payload(key))]),
            PassStyle.ByteArray => throw passables.Complaints.Fail($"encodePassable(byteArray) not yet implemented: {key}"),
            PassStyle.Error => throw passables.Complaints.Fail($"error unexpected: {key}"),
            _ => throw passables.Complaints.Fail($"promise unexpected: {key}"),
        };
    }

    /// <summary>A scalar from its text; collections have no other keys.</summary>
    /// <param name="passables">Tools.</param>
    /// <param name="encoded">The text.</param>
    /// <param name="decodeRemotable">The object of a reference.</param>
    internal static JsValue Decode(Passables passables, string encoded, Func<string, JsValue> decodeRemotable) => encoded[0] switch
    {
        'v' => JsValue.Null,
        'z' => JsValue.Undefined,
        'f' => DecodeNumber(encoded),
        's' => encoded[1..],
        'b' => string.Equals(encoded, "btrue", StringComparison.Ordinal),
        'n' or 'p' => new JsBigInt(DecodeBigInt(encoded)),
        'r' => decodeRemotable(RemotableOf(encoded)),
        'y' => passables.Styles.Symbols.Named(encoded[1..]),
        _ => throw passables.Complaints.Fail($"invalid database key: {Quoting.Quote(encoded)}"),
    };

    internal const int OrdinalLength = 10;

    /// <summary>The reference in the text of a remotable.</summary>
    internal static string RemotableOf(string encoded) => encoded[(1 + OrdinalLength + 1)..];

    private static string EncodeNumber(double number)
    {
        ulong bits = double.IsNaN(number) ? 0x7ff8000000000000 : BitConverter.DoubleToUInt64Bits(number == 0 ? 0 : number);
        return string.Create(CultureInfo.InvariantCulture, $"f{bits ^ (number < 0 ? ulong.MaxValue : 1UL << 63):x16}");
    }

    private static double DecodeNumber(string encoded)
    {
        ulong bits = ulong.Parse(encoded.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return BitConverter.UInt64BitsToDouble(bits ^ (encoded[1] < '8' ? ulong.MaxValue : 1UL << 63));
    }

    private static string EncodeBigInt(BigInteger number)
    {
        string digits = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture);
        string count = digits.Length.ToString(CultureInfo.InvariantCulture);
        if (number.Sign >= 0)
        {
            return $"p{new string('~', count.Length - 1)}{count}:{digits}";
        }

        // Negative numbers are written as complements, so that the larger come first.
        string countComplement = ((int)Math.Pow(10, count.Length) - digits.Length).ToString(CultureInfo.InvariantCulture).PadLeft(count.Length, '0');
        string complement = (BigInteger.Pow(10, digits.Length) + number).ToString(CultureInfo.InvariantCulture).PadLeft(digits.Length, '0');
        return $"n{new string('#', count.Length - 1)}{countComplement}:{complement}";
    }

    private static BigInteger DecodeBigInt(string encoded)
    {
        string digits = encoded[(encoded.IndexOf(':', StringComparison.Ordinal) + 1)..];
        BigInteger number = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return encoded[0] == 'p' ? number : number - BigInteger.Pow(10, digits.Length);
    }

    private static string EncodeArray(IEnumerable<string> elements)
    {
        var text = new StringBuilder("[");
        foreach (string element in elements)
        {
            foreach (char c in element)
            {
                (c is '\0' or '\x01' ? text.Append('\x01') : text).Append(c);
            }

            text.Append('\0');
        }

        return text.ToString();
    }

    private string EncodeRecord(JsValue record)
    {
        List<string> names = RankOrder.NamesOf(record);
        return EncodeArray([EncodeArray(names.Select(static name => "s" + name)), EncodeArray(names.Select(name => Encode(Passables.Field(record, name))))]);
    }
}
