using System.Text;
using Jint.Native;
using Ocap.Marshal;
using Ocap.Vats.Collections;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Kinds;

/// <summary>The state of one stored object while a crank works with it: what is stored of each property, and its value once it was asked for.</summary>
internal sealed class StateData(string baseRef)
{
    private readonly OrderedDictionary<string, StateProperty> _properties = new(StringComparer.Ordinal);

    internal string BaseRef => baseRef;

    internal bool IsChanged { get; set; }

    /// <summary>The record that methods of the object are given: its state, and itself or its facets.</summary>
    internal JsValue? Context { get; set; }

    internal IEnumerable<string> Names => _properties.Keys;

    internal IEnumerable<string> Slots => _properties.Values.SelectMany(static property => property.Stored.Slots);

    internal StateProperty? this[string name] => _properties.TryGetValue(name, out StateProperty? property) ? property : null;

    internal static string RowOf(string baseRef) => "vom." + baseRef;

    internal static StateData Read(string baseRef, string stored)
    {
        var data = new StateData(baseRef);
        foreach ((string name, JsonTree value) in ((JsonTree.Record)JsonTree.Parse(stored)).Entries)
        {
            data._properties.Add(name, new StateProperty(StoredCapData.From((JsonTree.Record)value)));
        }

        return data;
    }

    internal void Set(string name, CapData stored, JsValue value)
    {
        _properties[name] = new StateProperty(stored) { Value = value };
        IsChanged = true;
    }

    internal string ToJson()
    {
        var text = new StringBuilder("{");
        foreach ((string name, StateProperty property) in JsObjectOrder.Arrange(_properties))
        {
            SmallcapsText.AppendJson(text.Length == 1 ? text : text.Append(','), name);
            text.Append(':').Append(StoredCapData.Write(property.Stored));
        }

        return text.Append('}').ToString();
    }

    /// <exception cref="Jint.Runtime.JavaScriptException">Something that it mentions is not durable.</exception>
    internal static void RequireDurable(VatHeap heap, string what, CapData data, bool isValue)
    {
        for (int i = 0; i < data.Slots.Count; i++)
        {
            if (!heap.Counts.IsDurable(data.Slots[i]))
            {
                JsValue shown = heap.Patterns.Passables.Record(
                    new("body", data.Body),
                    new("slots", heap.Patterns.Passables.Array(data.Slots.Select(static slot => (JsValue)slot))));
                throw heap.Realm.Fail($"{(isValue ? "value for " : "")}{Quoting.Quote(what)} is not durable: slot {i} of {heap.Quoting.Quote(shown)}");
            }
        }
    }
}

/// <summary>One property of a stored object's state.</summary>
internal sealed class StateProperty(CapData stored)
{
    internal CapData Stored => stored;

    /// <summary>The value, once vat code has read or written it.</summary>
    internal JsValue? Value { get; set; }
}
