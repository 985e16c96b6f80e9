using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Collections;

/// <summary>A collection as vat code has it: a remotable whose methods are those of its sort.</summary>
internal sealed class CollectionMethods
{
    private readonly VatHeap _heap;
    private readonly Collection _collection;
    private readonly CollectionQuery _query;
    private readonly JsObject _methods;

    private CollectionMethods(VatHeap heap, Collection collection)
    {
        _heap = heap;
        _collection = collection;
        _query = new CollectionQuery(heap, collection);
        _methods = new JsObject(heap.Realm.Engine);
    }

    internal static ObjectInstance Make(VatHeap heap, Collection collection)
    {
        var methods = new CollectionMethods(heap, collection);
        CollectionKind kind = collection.Kind;
        if (kind.IsSet)
        {
            methods.DefineSet(kind.IsWeak);
        }
        else
        {
            methods.DefineMap(kind.IsWeak);
        }

        return heap.Tagging.Far(kind.Name + "Store", methods._methods);
    }

    private void DefineMap(bool isWeak)
    {
        Define("has", 1, arguments => _collection.Has(At(arguments, 0)));
        Define("get", 1, arguments => _collection.Get(At(arguments, 0)));
        Define("init", 2, arguments => Done(() => _collection.Init(At(arguments, 0), At(arguments, 1))));
        Define("set", 2, arguments => Done(() => _collection.Set(At(arguments, 0), At(arguments, 1))));
        Define("delete", 1, arguments => Done(() => _collection.Delete(At(arguments, 0))));
        Define("addAll", 1, arguments => Done(() => AddEntries(At(arguments, 0))));
        if (isWeak)
        {
            return;
        }

        Define("keys", 2, arguments => Iterator(_query.Keys(At(arguments, 0), At(arguments, 1))));
        Define("values", 2, arguments => Iterator(_query.Values(At(arguments, 0), At(arguments, 1))));
        Define("entries", 2, arguments => Iterator(_query.Entries(At(arguments, 0), At(arguments, 1)).Select(entry =>
            (JsValue)new JsArray(_heap.Realm.Engine, [entry.Key, entry.Value]))));
        Define("snapshot", 2, arguments => _heap.Patterns.Keys.Collections.MakeMap(_query.Entries(At(arguments, 0), At(arguments, 1))));
        Define("getSize", 2, arguments => _query.Size(At(arguments, 0), At(arguments, 1)));
        Define("clear", 2, arguments => Done(() => _query.Clear(At(arguments, 0), At(arguments, 1))));
    }

    private void DefineSet(bool isWeak)
    {
        Define("has", 1, arguments => _collection.Has(At(arguments, 0)));
        Define("add", 1, arguments => Done(() => _collection.Include(At(arguments, 0))));
        Define("delete", 1, arguments => Done(() => _collection.Delete(At(arguments, 0))));
        Define("addAll", 1, arguments => Done(() => AddElements(At(arguments, 0))));
        if (isWeak)
        {
            return;
        }

        Define("keys", 1, arguments => Iterator(_query.Keys(At(arguments, 0), JsValue.Undefined)));
        Define("values", 1, arguments => Iterator(_query.Keys(At(arguments, 0), JsValue.Undefined)));
        Define("snapshot", 1, arguments => _heap.Patterns.Keys.Collections.MakeSet(_query.Keys(At(arguments, 0), JsValue.Undefined)));
        Define("getSize", 1, arguments => _query.Size(At(arguments, 0), JsValue.Undefined));
        Define("clear", 2, arguments => Done(() => _query.Clear(At(arguments, 0), At(arguments, 1))));
    }

    private static JsValue At(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : JsValue.Undefined;

    private static JsValue Done(Action work)
    {
        work();
        return JsValue.Undefined;
    }

    private void Define(string name, int length, Func<JsValue[], JsValue> body) => _methods.DefineOwnProperty(
        name,
        new PropertyDescriptor(_heap.Realm.Function(name, length, (_, arguments) => body(arguments)), PropertyFlag.ConfigurableEnumerableWritable));

    private void AddElements(JsValue elements)
    {
        RequireSome(elements);
        if (!_heap.Realm.IsIterable(elements))
        {
            foreach (JsValue element in _heap.Patterns.Keys.Collections.SetElements(RequireCopy(elements, _heap.Patterns.Keys.Collections.ConfirmSet)))
            {
                _collection.Include(element);
            }

            return;
        }

        foreach (JsValue element in _heap.Realm.Iterate(elements))
        {
            _collection.Include(element);
        }
    }

    private void AddEntries(JsValue entries)
    {
        RequireSome(entries);
        if (!_heap.Realm.IsIterable(entries))
        {
            foreach ((JsValue key, JsValue value) in _heap.Patterns.Keys.Collections.MapEntries(RequireCopy(entries, _heap.Patterns.Keys.Collections.ConfirmMap)))
            {
                _collection.Put(key, value);
            }

            return;
        }

        foreach (JsValue entry in _heap.Realm.Iterate(entries, complaint: ".for is not iterable"))
        {
            JsValue[] pair = [.. _heap.Realm.Iterate(entry, ".for").Take(2)];
            _collection.Put(At(pair, 0), At(pair, 1));
        }
    }

    private void RequireSome(JsValue source)
    {
        if (source.IsUndefined() || source.IsNull())
        {
            throw _heap.Realm.TypeError($"{ErrorWords.Shown.Kind(source)} is not iterable (cannot read property Symbol(Symbol.iterator))");
        }
    }

    private JsValue RequireCopy(JsValue source, Func<JsValue, bool, bool> confirm) =>
        source is ObjectInstance copy && JsRealm.IsFrozen(copy) && confirm(source, false)
            ? source
            : throw _heap.Realm.Fail($"provided data source is not iterable: {_heap.Quoting.Quote(source)}");

    private JsObject Iterator(IEnumerable<JsValue> items) => new EntryIterator(_heap.Realm, items).Make();
}
