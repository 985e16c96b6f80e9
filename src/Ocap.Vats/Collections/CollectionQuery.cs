using Jint;
using Jint.Native;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Collections;

/// <summary>
/// Goes through a collection in key order, choosing entries by patterns. While vat code iterates it may delete entries and change values, but not add any.
/// Nothing is read before it is asked for.
/// </summary>
internal sealed class CollectionQuery(VatHeap heap, Collection collection)
{
    private readonly PatternMatcher _matcher = heap.Patterns;

    internal IEnumerable<JsValue> Keys(JsValue keyPattern, JsValue valuePattern) =>
        Entries(keyPattern, valuePattern, withKeys: true, withValues: false).Select(static entry => entry.Key);

    internal IEnumerable<JsValue> Values(JsValue keyPattern, JsValue valuePattern) =>
        Entries(keyPattern, valuePattern, withKeys: false, withValues: true).Select(static entry => entry.Value);

    internal IEnumerable<KeyValuePair<JsValue, JsValue>> Entries(JsValue keyPattern, JsValue valuePattern) =>
        Entries(keyPattern, valuePattern, withKeys: true, withValues: true);

    internal long Size(JsValue keyPattern, JsValue valuePattern) =>
        MatchesAny(keyPattern) && MatchesAny(valuePattern) ? collection.Rows.Count : Keys(keyPattern, valuePattern).LongCount();

    internal void Clear(JsValue keyPattern, JsValue valuePattern)
    {
        if (MatchesAny(keyPattern) && MatchesAny(valuePattern))
        {
            collection.Clear();
            return;
        }

        int deleted = 0;
        foreach (JsValue key in Keys(keyPattern, valuePattern))
        {
            deleted++;
            collection.Remove(key);
        }

        collection.AddToCount(-deleted);
    }

    private bool MatchesAny(JsValue pattern) => pattern.IsUndefined() || _matcher.IsAny(pattern);

    private IEnumerable<KeyValuePair<JsValue, JsValue>> Entries(JsValue keyPattern, JsValue valuePattern, bool withKeys, bool withValues)
    {
        keyPattern = keyPattern.IsUndefined() ? _matcher.Patterns.Any : keyPattern;
        valuePattern = valuePattern.IsUndefined() ? _matcher.Patterns.Any : valuePattern;
        _matcher.RequirePattern(keyPattern);
        _matcher.RequirePattern(valuePattern);
        RankCover cover = _matcher.CoverOf(keyPattern, collection.Rows.Encode);
        bool matchKeys = !MatchesAny(keyPattern), matchValues = !MatchesAny(valuePattern);
        foreach (string row in RowsIn(cover))
        {
            JsValue key = withKeys || matchKeys ? collection.Rows.KeyOf(row) : JsValue.Undefined;
            if (matchKeys && !_matcher.Matches(key, keyPattern))
            {
                continue;
            }

            JsValue value = withValues || matchValues ? collection.Value(heap.Store.Require(row)) : JsValue.Undefined;
            if (!matchValues || _matcher.Matches(value, valuePattern))
            {
                yield return new(key, value);
            }
        }
    }

    private IEnumerable<string> RowsIn(RankCover cover)
    {
        int generation = collection.Generation;
        string start = collection.Rows.Prefix + cover.Start, end = collection.Rows.Prefix + cover.End;
        string? row = heap.Store.Get(start) is not null ? start : heap.Store.NextKey(start, collection.Rows.Prefix);
        while (row is not null && string.CompareOrdinal(row, end) < 0)
        {
            yield return row;
            if (collection.Generation != generation)
            {
                throw heap.Realm.Fail("keys in store cannot be added to during iteration");
            }

            row = heap.Store.NextKey(row, collection.Rows.Prefix);
        }
    }
}
