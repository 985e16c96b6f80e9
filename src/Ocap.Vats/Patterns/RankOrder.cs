using System.Numerics;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>
/// The rank order of data: total but for remotables, which are all alike, and for data that differs only behind one. Copies of sets, bags and maps are
/// sorted by it, descending, and the keys of stores follow it.
/// </summary>
internal sealed class RankOrder(Passables passables, Func<ObjectInstance, ObjectInstance, double>? remotables = null) : IComparer<JsValue>
{
    // In the order of the first characters of encoded keys.
    private static readonly PassStyle[] Ranks =
    [
        PassStyle.Error, PassStyle.CopyRecord, PassStyle.Tagged, PassStyle.Promise, PassStyle.CopyArray, PassStyle.ByteArray, PassStyle.Boolean,
        PassStyle.Number, PassStyle.BigInt, PassStyle.Remotable, PassStyle.String, PassStyle.Null, PassStyle.Symbol, PassStyle.Undefined,
    ];

    /// <summary>An order in which remotables come as it first sees them. To be used for one comparison of two collections.</summary>
    internal static RankOrder Full(Passables passables)
    {
        var seen = new Dictionary<ObjectInstance, int>(ReferenceEqualityComparer.Instance);
        return new RankOrder(passables, (left, right) => Tag(left).CompareTo(Tag(right)));

        int Tag(ObjectInstance remotable)
        {
            if (!seen.TryGetValue(remotable, out int tag))
            {
                seen.Add(remotable, tag = seen.Count + 1);
            }

            return tag;
        }
    }

    public int Compare(JsValue? x, JsValue? y) => Partial(x!, y!) is var order && double.IsNaN(order) ? 0 : (int)order;

    /// <summary>The same, descending.</summary>
    internal int Anti(JsValue left, JsValue right) => Compare(right, left);

    internal JsValue[] SortedDescending(IEnumerable<JsValue> values) =>
        [.. values.OrderBy(static value => value, Comparer<JsValue>.Create((left, right) => Compare(right, left)))];

    internal bool IsSortedDescending(ReadOnlySpan<JsValue> values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            if (Anti(values[i - 1], values[i]) >= 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>-1, 0 or 1; NaN where nothing decides.</summary>
    internal double Partial(JsValue left, JsValue right)
    {
        if (ReferenceEquals(left, right))
        {
            return 0;
        }

        PassStyle style = passables.StyleOf(left), other = passables.StyleOf(right);
        if (style != other)
        {
            return Sign(Array.IndexOf(Ranks, style) - Array.IndexOf(Ranks, other));
        }

        return style switch
        {
            PassStyle.Remotable => remotables is null ? double.NaN : remotables((ObjectInstance)left, (ObjectInstance)right),
            PassStyle.Boolean => left.AsBoolean().CompareTo(right.AsBoolean()),
            PassStyle.BigInt => Sign(BigInteger.Compare(left.AsBigInt(), right.AsBigInt())),
            PassStyle.String => Sign(string.CompareOrdinal(left.ToString(), right.ToString())),
            PassStyle.Symbol => Sign(string.CompareOrdinal(passables.Styles.Symbols.NameOf((JsSymbol)left), passables.Styles.Symbols.NameOf((JsSymbol)right))),
            PassStyle.Number => Numbers(left.AsNumber(), right.AsNumber()),
            PassStyle.CopyRecord => Records(left, right),
            PassStyle.CopyArray => Lists(passables.Elements(left), passables.Elements(right)),
            PassStyle.ByteArray => Bytes(left.AsArrayBuffer(), right.AsArrayBuffer()),
            PassStyle.Tagged => Sign(string.CompareOrdinal(passables.TagOf(left), passables.TagOf(right))) is not 0 and var tags
                ? tags
                : Partial(Passables.Payload(left), Passables.Payload(right)),
            _ => 0,
        };
    }

    internal static double Numbers(double left, double right) =>
        left < right ? -1 : left > right ? 1 : double.IsNaN(left) == double.IsNaN(right) ? 0 : double.IsNaN(right) ? -1 : 1;

    /// <summary>The names of a record, descending: so they are compared, encoded and listed in messages.</summary>
    internal static List<string> NamesOf(JsValue record)
    {
        List<string> names = Passables.Names(record);
        names.Sort(static (left, right) => string.CompareOrdinal(right, left));
        return names;
    }

    // The shorter first.
    private static double Bytes(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        Sign(left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right));

    private static double Sign(int order) => Math.Sign(order);

    private double Records(JsValue left, JsValue right)
    {
        List<string> leftNames = NamesOf(left), rightNames = NamesOf(right);
        for (int i = 0; i < Math.Min(leftNames.Count, rightNames.Count); i++)
        {
            if (string.CompareOrdinal(leftNames[i], rightNames[i]) is not 0 and var order)
            {
                return Sign(order);
            }
        }

        return leftNames.Count != rightNames.Count
            ? Sign(leftNames.Count - rightNames.Count)
            : Lists([.. leftNames.Select(name => Passables.Field(left, name))], [.. rightNames.Select(name => Passables.Field(right, name))]);
    }

    private double Lists(JsValue[] left, JsValue[] right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            double order = Partial(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return Sign(left.Length - right.Length);
    }
}
