using Jint.Native;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Marshal;

/// <summary>
/// Records and arrays that are frozen as they are made. Freezing them afterwards goes through all their properties several times, and leaves a note on
/// each of them, though most data is only read once.
/// </summary>
internal static class FrozenData
{
    private static readonly PropertyDescriptor FrozenLength = new() { Writable = false, Configurable = false };

    /// <summary>An empty record, to be filled and then closed.</summary>
    internal static JsObject NewRecord(Jint.Engine engine) => new(engine);

    /// <summary>Gives a record that is not closed yet a property; the last value counts.</summary>
    internal static void Add(JsObject record, string name, JsValue value) => record.FastSetProperty(name, new PropertyDescriptor(value, PropertyFlag.OnlyEnumerable));

    internal static JsObject Close(JsObject record)
    {
        record.PreventExtensions();
        return record;
    }

    internal static JsArray Array(Jint.Engine engine, ReadOnlySpan<JsValue> items)
    {
        var array = new JsArray(engine, capacity: 0, length: (uint)items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            array.DefineOwnProperty(JsNumber.Create(i), new PropertyDescriptor(items[i], PropertyFlag.OnlyEnumerable));
        }

        array.PreventExtensions();
        array.DefineOwnProperty("length", FrozenLength);
        return array;
    }
}
