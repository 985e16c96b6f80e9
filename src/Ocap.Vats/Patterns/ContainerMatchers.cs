using System.Globalization;
using System.Numerics;
using Jint;
using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Patterns for arrays, records, sets, bags and maps whose parts all match one pattern.</summary>
internal sealed class ContainerMatchers(PatternMatcher matcher)
{
    private readonly Passables _passables = matcher.Passables;
    private readonly Complaints _complaints = matcher.Complaints;
    private readonly Limits _limits = new(matcher);

    internal void Register(Dictionary<string, Matcher> matchers)
    {
        Func<JsValue, bool, bool> pattern = matcher.ConfirmPattern;
        Add("arrayOf", PassStyle.CopyArray, ConfirmArrayOf, pattern);
        Add("recordOf", PassStyle.CopyRecord, ConfirmRecordOf, pattern, pattern);
        Add("setOf", PassStyle.Tagged, ConfirmSetOf, pattern);
        Add("bagOf", PassStyle.Tagged, ConfirmBagOf, pattern, pattern);
        Add("mapOf", PassStyle.Tagged, ConfirmMapOf, pattern, pattern);
        matchers.Add("match:containerHas", new(
            ConfirmHas,
            (payload, fail) => _limits.ConfirmPayload(payload, "M.containerHas payload", fail, pattern, ConfirmBound),
            RankCover.Of(PassStyle.Tagged)));

        void Add(string name, PassStyle style, Func<JsValue, JsValue, bool, bool> confirm, params Func<JsValue, bool, bool>[] parts) => matchers.Add(
            $"match:{name}",
            new(confirm, (payload, fail) => _limits.ConfirmPayload(payload, $"match:{name} payload", fail, parts), RankCover.Of(style)));
    }

    private bool ConfirmBound(JsValue bound, bool fail) =>
        matcher.Order.Compare(bound, new JsBigInt(BigInteger.One)) >= 0 || _complaints.Reject(fail, $"{bound} - Must be >= {new JsBigInt(BigInteger.One)}");

    private bool ConfirmEvery(JsValue array, JsValue pattern, string label, bool fail)
    {
        if (matcher.ConfirmKind(pattern, "match:any", fail: false))
        {
            return true;
        }

        JsValue[] items = _passables.Elements(array);
        for (int i = 0; i < items.Length; i++)
        {
            if (!matcher.ConfirmLabeled(items[i], pattern, $"{label}[{i}]", fail))
            {
                return false;
            }
        }

        return true;
    }

    private bool ConfirmArrayOf(JsValue specimen, JsValue payload, bool fail)
    {
        double limit = Limits.Of(payload, 1, "arrayLengthLimit", 10_000);
        return matcher.ConfirmKind(specimen, "copyArray", fail)
            && (Passables.Length(specimen) <= limit
                || _complaints.Reject(fail, $"Array length {Passables.Length(specimen)} must be <= limit {Limits.Text(limit)}"))
            && ConfirmEvery(specimen, Passables.At(payload, 0), "", fail);
    }

    private bool ConfirmRecordOf(JsValue specimen, JsValue payload, bool fail)
    {
        if (!matcher.ConfirmKind(specimen, "copyRecord", fail))
        {
            return false;
        }

        List<string> names = Passables.Names(specimen);
        double most = Limits.Of(payload, 2, "numPropertiesLimit", 80), longest = Limits.Of(payload, 2, "propertyNameLengthLimit", 100);
        if (names.Count > most)
        {
            return _complaints.Reject(fail, $"Must not have more than {Limits.Text(most)} properties: {specimen}");
        }

        foreach (string name in names)
        {
            if (name.Length > longest)
            {
                return _complaints.Reject(fail, $"{name}: Property name must not be longer than {Limits.Text(longest)}");
            }

            JsValue entry = _passables.Array(name, Passables.Field(specimen, name));
            if (!matcher.ConfirmLabeled(entry, _passables.Array(Passables.At(payload, 0), Passables.At(payload, 1)), name, fail))
            {
                return false;
            }
        }

        return true;
    }

    private bool ConfirmSetOf(JsValue specimen, JsValue payload, bool fail)
    {
        double limit = Limits.Of(payload, 1, "numSetElementsLimit", 10_000);
        return matcher.ConfirmKind(specimen, "copySet", fail)
            && (Passables.Length(Passables.Payload(specimen)) < limit || _complaints.Reject(
                fail, $"Set must not have more than {Limits.Text(limit)} elements: {Passables.Length(Passables.Payload(specimen))}"))
            && ConfirmEvery(Passables.Payload(specimen), Passables.At(payload, 0), "set elements", fail);
    }

    private bool ConfirmBagOf(JsValue specimen, JsValue payload, bool fail)
    {
        double limit = Limits.Of(payload, 2, "numUniqueBagElementsLimit", 10_000), digits = Limits.Of(payload, 2, "decimalDigitsLimit", 100);
        if (!matcher.ConfirmKind(specimen, "copyBag", fail))
        {
            return false;
        }

        JsValue[] entries = _passables.Elements(Passables.Payload(specimen));
        if (entries.Length > limit)
        {
            return _complaints.Reject(fail, $"Bag must not have more than {Limits.Text(limit)} unique elements: {specimen}");
        }

        for (int i = 0; i < entries.Length; i++)
        {
            JsValue count = Passables.At(entries[i], 1);
            if (!matcher.ConfirmLabeled(Passables.At(entries[i], 0), Passables.At(payload, 0), $"bag keys[{i}]", fail)
                || !_complaints.Labeled(
                    $"bag counts[{i}]",
                    () => _limits.ConfirmDigits(count, digits, fail) && matcher.Confirm(count, Passables.At(payload, 1), fail)))
            {
                return false;
            }
        }

        return true;
    }

    private bool ConfirmMapOf(JsValue specimen, JsValue payload, bool fail)
    {
        double limit = Limits.Of(payload, 2, "numMapEntriesLimit", 5000);
        return matcher.ConfirmKind(specimen, "copyMap", fail)
            && Passables.Payload(specimen) is var map
            && (Passables.Length(Passables.Field(map, "keys")) <= limit
                || _complaints.Reject(fail, $"CopyMap must have no more than {Limits.Text(limit)} entries: {specimen}"))
            && ConfirmEvery(Passables.Field(map, "keys"), Passables.At(payload, 0), "map keys", fail)
            && ConfirmEvery(Passables.Field(map, "values"), Passables.At(payload, 1), "map values", fail);
    }

    private bool ConfirmHas(JsValue specimen, JsValue payload, bool fail)
    {
        string? kind = matcher.KindOf(specimen, fail);
        JsValue bound = Passables.At(payload, 1);
        if (!_limits.ConfirmDigits(bound, Limits.Of(payload, 2, "decimalDigitsLimit", 100), fail))
        {
            return false;
        }

        BigInteger found = 0;
        switch (kind)
        {
            case "copyArray":
                found = Array.FindAll(_passables.Elements(specimen), Matches).Length;
                break;
            case "copySet":
                found = Array.FindAll(_passables.Elements(Passables.Payload(specimen)), Matches).Length;
                break;
            case "copyBag":
                foreach (JsValue entry in _passables.Elements(Passables.Payload(specimen)))
                {
                    found += Matches(Passables.At(entry, 0)) ? Passables.At(entry, 1).AsBigInt() : 0;
                }

                break;
            default:
                return _complaints.Reject(fail, $"unexpected {(kind is null ? "\"[undefined]\"" : Quoting.Quote(kind))}");
        }

        return found >= bound.AsBigInt()
            || _complaints.Reject(fail, $"Has only \"[{found.ToString(CultureInfo.InvariantCulture)}n]\" matches, but needs {bound}");

        bool Matches(JsValue item) => matcher.Matches(item, Passables.At(payload, 0));
    }
}
