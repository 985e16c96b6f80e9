using Jint;
using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>The partial order of keys: containment for sets and bags, part by part for records, and no order where there is none to be had.</summary>
internal sealed class KeyOrder(Passables passables, Keys keys)
{
    private readonly RankOrder _rank = new(passables);

    internal bool AreEqual(JsValue left, JsValue right) => Compare(left, right) == 0;

    /// <summary>-1, 0 or 1; NaN when the two cannot be ordered.</summary>
    internal double Compare(JsValue left, JsValue right)
    {
        keys.Confirm(left, fail: true);
        keys.Confirm(right, fail: true);
        PassStyle style = passables.StyleOf(left);
        if (style != passables.StyleOf(right))
        {
            return double.NaN;
        }

        switch (style)
        {
            case PassStyle.Number:
                double order = _rank.Compare(left, right);
                return order != 0 && (double.IsNaN(left.AsNumber()) || double.IsNaN(right.AsNumber())) ? double.NaN : order;
            case PassStyle.Remotable:
                return ReferenceEquals(left, right) ? 0 : double.NaN;
            case PassStyle.CopyArray:
                return Lists(passables.Elements(left), passables.Elements(right));
            case PassStyle.CopyRecord:
                return Records(left, right);
            case PassStyle.Tagged:
                return Tagged(left, right);
            default:
                return _rank.Compare(left, right);
        }
    }

    private double Lists(JsValue[] left, JsValue[] right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            double order = Compare(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private double Records(JsValue left, JsValue right)
    {
        List<string> names = RankOrder.NamesOf(left);
        if (!names.SequenceEqual(RankOrder.NamesOf(right), StringComparer.Ordinal))
        {
            return double.NaN;
        }

        return Pareto(names.Select(name => Compare(Passables.Field(left, name), Passables.Field(right, name))));
    }

    private double Tagged(JsValue left, JsValue right)
    {
        string tag = passables.TagOf(left);
        if (!string.Equals(tag, passables.TagOf(right), StringComparison.Ordinal))
        {
            return double.NaN;
        }

        return tag switch
        {
            "copySet" => Pareto(Pairs(
                [.. keys.Collections.SetElements(left).Select(static key => KeyValuePair.Create(key, (JsValue)1))],
                [.. keys.Collections.SetElements(right).Select(static key => KeyValuePair.Create(key, (JsValue)1))])
                .Select(static pair => (pair.Left is null ? 0d : 1d) - (pair.Right is null ? 0d : 1d))),
            "copyBag" => Pareto(Pairs(BagEntries(left), BagEntries(right)).Select(static pair =>
                (double)((pair.Left?.AsBigInt() ?? 0).CompareTo(pair.Right?.AsBigInt() ?? 0)))),
            "copyMap" => throw passables.Complaints.Fail($"Map comparison not yet implemented: {left} vs {right}"),
            _ => throw passables.Complaints.Fail($"unexpected tag {Quoting.Quote(tag)}: {left}"),
        };
    }

    /// <summary>Two collections side by side, key by key; null where one has no such key.</summary>
    internal IEnumerable<(JsValue? Left, JsValue? Right)> Pairs(KeyValuePair<JsValue, JsValue>[] left, KeyValuePair<JsValue, JsValue>[] right)
    {
        RankOrder full = RankOrder.Full(passables);
        IComparer<JsValue> descending = Comparer<JsValue>.Create(full.Anti);
        KeyValuePair<JsValue, JsValue>[] x = [.. left.OrderBy(static entry => entry.Key, descending)], y = [.. right.OrderBy(static entry => entry.Key, descending)];
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            int order = i == x.Length ? 1 : j == y.Length ? -1 : full.Anti(x[i].Key, y[j].Key);
            yield return (order <= 0 ? x[i++].Value : null, order >= 0 ? y[j++].Value : null);
        }
    }

    private KeyValuePair<JsValue, JsValue>[] BagEntries(JsValue bag) =>
        [.. passables.Elements(Passables.Payload(bag)).Select(static entry => KeyValuePair.Create(Passables.At(entry, 0), Passables.At(entry, 1)))];

    /// <summary>The order that all parts agree on.</summary>
    private static double Pareto(IEnumerable<double> parts)
    {
        double result = 0;
        foreach (double part in parts)
        {
            if (double.IsNaN(part) || (part != 0 && result != 0 && Math.Sign(part) != Math.Sign(result)))
            {
                return double.NaN;
            }

            result = part == 0 ? result : Math.Sign(part);
        }

        return result;
    }
}
