using Jint;
using Jint.Native;
using Ocap.Marshal;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Collections;

/// <summary>What a collection is called and which keys and values it takes, as kept in the vat's store beside its entries.</summary>
internal sealed class Schemata
{
    private readonly PatternMatcher _matcher;
    private readonly JsValue _keyShape;
    private readonly JsValue _valueShape;

    private Schemata(PatternMatcher matcher, string label, JsValue keyShape, JsValue valueShape)
    {
        _matcher = matcher;
        _keyShape = keyShape;
        _valueShape = valueShape;
        Label = Quoting.Quote(label);
        _name = label;
    }

    private readonly string _name;

    /// <summary>The name, as messages have it.</summary>
    internal string Label { get; }

    internal static Schemata Make(VatHeap heap, string label, JsValue keyShape, JsValue valueShape)
    {
        heap.Patterns.RequirePattern(keyShape);
        if (!valueShape.IsUndefined() && Jint.Runtime.TypeConverter.ToBoolean(valueShape))
        {
            heap.Patterns.RequirePattern(valueShape);
        }

        return new(heap.Patterns, label, keyShape, valueShape);
    }

    internal static Schemata Load(VatHeap heap, string collection)
    {
        JsValue saved = heap.Marshaller.Unserialize(StoredCapData.Parse(heap.Store.Require(RowOf(collection))));
        return new(heap.Patterns, Passables.Field(saved, "label").ToString(), Passables.Field(saved, "keyShape"), Passables.Field(saved, "valueShape"));
    }

    internal static string RowOf(string collection) => $"vc.{collection}.|schemata";

    /// <summary>As the store keeps it; what the shapes mention is counted.</summary>
    internal CapData Save(VatHeap heap, bool isDurable)
    {
        List<KeyValuePair<string, JsValue>> parts = [new("label", _name), new("keyShape", _keyShape)];
        if (!_valueShape.IsUndefined())
        {
            parts.Add(new("valueShape", _valueShape));
        }

        CapData data = heap.Marshaller.Serialize(heap.Patterns.Passables.Record(parts));
        if (isDurable)
        {
            DurableData.Require(heap, data, static slot => slot);
        }

        heap.Counts.Add(data.Slots);
        return data;
    }

    internal bool TakesKey(JsValue key) => _matcher.Matches(key, _keyShape);

    internal void RequireKey(JsValue key) => _matcher.MustMatch(key, _keyShape, () => $"invalid key type for collection {Label}");

    internal void RequireValue(JsValue value)
    {
        if (!_valueShape.IsUndefined())
        {
            _matcher.MustMatch(value, _valueShape, () => $"invalid value type for collection {Label}");
        }
    }
}
