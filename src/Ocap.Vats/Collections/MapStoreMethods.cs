using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Collections;

/// <summary>The methods of a map store, as vat code calls them.</summary>
internal sealed class MapStoreMethods(VatHeap heap, MapStore store)
{
    internal static ObjectInstance Make(VatHeap heap, MapStore store) => new MapStoreMethods(heap, store).Make();

    private ObjectInstance Make()
    {
        var methods = new JsObject(heap.Realm.Engine);
        Define("has", arguments => store.Has(At(arguments, 0)));
        Define("get", arguments => store.Get(At(arguments, 0)));
        Define("init", arguments => Done(() => store.Init(At(arguments, 0), At(arguments, 1))));
        Define("set", arguments => Done(() => store.Set(At(arguments, 0), At(arguments, 1))));
        Define("delete", arguments => Done(() => store.Delete(At(arguments, 0))));
        Define("addAll", arguments => Done(() => AddAll(At(arguments, 0))));
        Define("keys", arguments => Iterator(Keys(arguments).Select(static key => (JsValue)key)));
        Define("values", arguments => Iterator(Keys(arguments).Select(key => store.Get(key))));
        Define("entries", arguments => Iterator(Keys(arguments).Select(key => (JsValue)new JsArray(heap.Realm.Engine, [key, store.Get(key)]))));
        Define("snapshot", Snapshot);
        Define("getSize", arguments => SelectsAll(arguments) ? store.Count : Keys(arguments).Count());
        Define("clear", arguments => Done(() => Clear(arguments)));
        return heap.Tagging.Far("mapStore", methods);

        void Define(string name, Func<JsValue[], JsValue> body) => methods.DefineOwnProperty(
            name,
            new PropertyDescriptor(heap.Realm.Function(name, 0, (_, arguments) => body(arguments)), PropertyFlag.ConfigurableEnumerableWritable));
    }

    private static JsValue At(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : JsValue.Undefined;

    private static JsValue Done(Action work)
    {
        work();
        return JsValue.Undefined;
    }

    private void AddAll(JsValue entries)
    {
        if (entries is ObjectInstance tagged && heap.Realm.IsTagged(tagged, "copyMap"))
        {
            var payload = (ObjectInstance)tagged.Get("payload");
            JsValue[] keys = heap.Realm.Spread(payload.Get("keys")), values = heap.Realm.Spread(payload.Get("values"));
            for (int i = 0; i < keys.Length; i++)
            {
                store.Put(keys[i], values[i]);
            }

            return;
        }

        if (entries is not ObjectInstance source || !source.Get(heap.Realm.WellKnownSymbols["@@iterator"]).IsCallable())
        {
            throw heap.Realm.Fail($"provided data source is not iterable: {heap.Quoting.Quote(entries)}");
        }

        foreach (JsValue entry in heap.Realm.Spread(entries))
        {
            JsValue[] pair = heap.Realm.Spread(entry);
            store.Put(At(pair, 0), At(pair, 1));
        }
    }

    private void Clear(JsValue[] arguments)
    {
        if (SelectsAll(arguments))
        {
            store.Clear();
            return;
        }

        foreach (string key in Keys(arguments))
        {
            store.Delete(key);
        }
    }

    /// <summary>A copyMap: tagged data whose keys are in descending order.</summary>
    private JsValue Snapshot(JsValue[] arguments)
    {
        List<string> keys = [.. Keys(arguments)];
        keys.Sort(static (left, right) => string.CompareOrdinal(right, left));
        var payload = new JsObject(heap.Realm.Engine);
        payload.CreateDataProperty("keys", new JsArray(heap.Realm.Engine, [.. keys.Select(static key => (JsValue)key)]));
        payload.CreateDataProperty("values", new JsArray(heap.Realm.Engine, [.. keys.Select(key => store.Get(key))]));
        return heap.Tagging.Tagged("copyMap", payload);
    }

    private bool SelectsAll(JsValue[] patterns) => IsAny(At(patterns, 0)) && IsAny(At(patterns, 1));

    private IEnumerable<string> Keys(JsValue[] patterns)
    {
        JsValue keys = At(patterns, 0);
        if (!IsAny(At(patterns, 1)) || !(IsAny(keys) || keys is JsString || (keys is ObjectInstance tagged && heap.Realm.IsTagged(tagged, "match:string"))))
        {
            throw heap.Realm.Fail("Patterns that select entries of a store are not supported: give none, a key, M.any() or M.string(), and filter the entries yourself.", "TypeError");
        }

        return keys is JsString only ? store.Keys().Where(key => string.Equals(key, only.ToString(), StringComparison.Ordinal)) : store.Keys();
    }

    private bool IsAny(JsValue pattern) => pattern.IsUndefined() || (pattern is ObjectInstance tagged && heap.Realm.IsTagged(tagged, "match:any"));

    private JsObject Iterator(IEnumerable<JsValue> items)
    {
        IEnumerator<JsValue>? rest = items.GetEnumerator();
        var iterator = new JsObject(heap.Realm.Engine) { Prototype = heap.Realm.IteratorPrototype };
        Define("next", _ =>
        {
            if (rest is null)
            {
                return Step(JsValue.Undefined, done: true);
            }

            try
            {
                if (rest.MoveNext())
                {
                    return Step(rest.Current, done: false);
                }
            }
            catch (JavaScriptException)
            {
                rest = null;
                throw;
            }

            rest = null;
            return Step(JsValue.Undefined, done: true);
        });
        Define("return", arguments =>
        {
            rest = null;
            return Step(At(arguments, 0), done: true);
        });
        return iterator;

        void Define(string name, Func<JsValue[], JsValue> body) => iterator.DefineOwnProperty(
            name,
            new PropertyDescriptor(heap.Realm.Function(name, 0, (_, arguments) => body(arguments)), PropertyFlag.NonEnumerable));
    }

    private JsObject Step(JsValue value, bool done)
    {
        var step = new JsObject(heap.Realm.Engine);
        step.CreateDataProperty("value", value);
        step.CreateDataProperty("done", done);
        return step;
    }
}
