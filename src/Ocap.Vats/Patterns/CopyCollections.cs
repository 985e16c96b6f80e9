using Jint;
using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Tagged data that stands for a set, a bag or a map: sorted, descending and without duplicates.</summary>
internal sealed class CopyCollections(Passables passables, Keys keys)
{
    private readonly RankOrder _order = new(passables);

    internal bool ConfirmSet(JsValue set, bool fail) =>
        (IsTagged(set, "copySet") || passables.Complaints.Reject(fail, $"Not a copySet: {set}"))
        && ConfirmElements(Passables.Payload(set), fail)
        && keys.Confirm(Passables.Payload(set), fail);

    internal bool ConfirmBag(JsValue bag, bool fail) =>
        (IsTagged(bag, "copyBag") || passables.Complaints.Reject(fail, $"Not a copyBag: {bag}"))
        && ConfirmBagEntries(Passables.Payload(bag), fail)
        && keys.Confirm(Passables.Payload(bag), fail);

    internal bool ConfirmMap(JsValue map, bool fail)
    {
        Complaints complaints = passables.Complaints;
        if (!IsTagged(map, "copyMap"))
        {
            return complaints.Reject(fail, $"Not a copyMap: {map}");
        }

        JsValue payload = Passables.Payload(map);
        if (passables.StyleOf(payload) != PassStyle.CopyRecord)
        {
            return complaints.Reject(fail, $"A copyMap's payload must be a record: {map}");
        }

        JsValue names = Passables.Field(payload, "keys"), values = Passables.Field(payload, "values");
        return (Passables.Names(payload).All(static name => name is "keys" or "values")
                || complaints.Reject(fail, $"A copyMap's payload must only have .keys and .values: {map}"))
            && ConfirmElements(names, fail)
            && keys.Confirm(names, fail)
            && (passables.StyleOf(values) == PassStyle.CopyArray || complaints.Reject(fail, $"A copyMap's .values must be a copyArray: {map}"))
            && (Passables.Length(names) == Passables.Length(values)
                || complaints.Reject(fail, $"A copyMap must have the same number of keys and values: {map}"));
    }

    /// <summary>The keys of a map or the elements of a set, and what belongs to each.</summary>
    internal KeyValuePair<JsValue, JsValue>[] MapEntries(JsValue map)
    {
        ConfirmMap(map, fail: true);
        JsValue payload = Passables.Payload(map);
        return [.. passables.Elements(Passables.Field(payload, "keys")).Zip(passables.Elements(Passables.Field(payload, "values")), KeyValuePair.Create)];
    }

    internal JsValue[] SetElements(JsValue set)
    {
        ConfirmSet(set, fail: true);
        return passables.Elements(Passables.Payload(set));
    }

    internal JsValue MakeSet(IEnumerable<JsValue> elements)
    {
        JsValue set = passables.Tagged("copySet", passables.Array(_order.SortedDescending(elements)));
        ConfirmSet(set, fail: true);
        return set;
    }

    internal JsValue MakeMap(IEnumerable<KeyValuePair<JsValue, JsValue>> entries)
    {
        JsValue[] sorted = _order.SortedDescending(entries.Select(entry => passables.Array(entry.Key, entry.Value)));
        JsValue map = passables.Tagged("copyMap", passables.Record(
            new("keys", passables.Array(sorted.Select(static entry => Passables.At(entry, 0)))),
            new("values", passables.Array(sorted.Select(static entry => Passables.At(entry, 1))))));
        ConfirmMap(map, fail: true);
        return map;
    }

    internal bool IsTagged(JsValue value, string tag) => passables.StyleOf(value) == PassStyle.Tagged && string.Equals(passables.TagOf(value), tag, StringComparison.Ordinal);

    private bool ConfirmElements(JsValue elements, bool fail)
    {
        if (passables.StyleOf(elements) != PassStyle.CopyArray)
        {
            return passables.Complaints.Reject(fail, $"The keys of a copySet or copyMap must be a copyArray: {elements}");
        }

        JsValue[] items = passables.Elements(elements);
        return _order.IsSortedDescending(items)
            ? ConfirmDistinct(items, fail)
            : passables.Complaints.Reject(fail, $"The keys of a copySet or copyMap must be sorted in reverse rank order: {elements}");
    }

    private bool ConfirmBagEntries(JsValue entries, bool fail)
    {
        Complaints complaints = passables.Complaints;
        if (passables.StyleOf(entries) != PassStyle.CopyArray)
        {
            return complaints.Reject(fail, $"The entries of a copyBag must be a copyArray: {entries}");
        }

        JsValue[] items = passables.Elements(entries);
        if (!_order.IsSortedDescending(items))
        {
            return complaints.Reject(fail, $"The entries of a copyBag must be sorted in reverse rank order: {entries}");
        }

        foreach (JsValue entry in items)
        {
            if (passables.StyleOf(entry) != PassStyle.CopyArray || Passables.Length(entry) != 2 || Passables.At(entry, 1) is not JsBigInt count)
            {
                return complaints.Reject(fail, $"Each entry of a copyBag must be pair of a key and a bigint representing a count: {entry}");
            }

            if (count.AsBigInt() < 1)
            {
                return complaints.Reject(fail, $"Each entry of a copyBag must have a positive count: {entry}");
            }
        }

        return ConfirmDistinct([.. items.Select(static entry => Passables.At(entry, 0))], fail);
    }

    private bool ConfirmDistinct(JsValue[] items, bool fail)
    {
        RankOrder full = RankOrder.Full(passables);
        JsValue[] sorted = full.SortedDescending(items);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (full.Compare(sorted[i - 1], sorted[i]) == 0)
            {
                return passables.Complaints.Reject(fail, $"value has duplicate keys: {sorted[i - 1]}");
            }
        }

        return true;
    }
}
