using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Weak;

/// <summary>
/// The <c>WeakMap</c> and <c>WeakSet</c> that vat code finds in its global and in compartments. Unlike those of the npm package, which ignore it, they take what they
/// are to contain.
/// </summary>
internal sealed class AwareConstructor : Constructor
{
    private readonly VatHeap _heap;
    private readonly string _kind;
    private readonly bool _isMap;
    private readonly JsObject _methods;

    internal AwareConstructor(VatHeap heap, bool isMap)
        : base(heap.Realm.Engine, $"VirtualObjectAware{(isMap ? "WeakMap" : "WeakSet")}")
    {
        _heap = heap;
        _isMap = isMap;
        _kind = isMap ? "WeakMap" : "WeakSet";
        _methods = new JsObject(heap.Realm.Engine);
        DefineOwnProperty("length", new PropertyDescriptor(0, PropertyFlag.Configurable));
        DefineOwnProperty("prototype", JsRealm.Hidden(_methods));
        DefineOwnProperty(heap.Realm.ToStringTag, new PropertyDescriptor(_kind, PropertyFlag.Configurable));
        _methods.DefineOwnProperty("constructor", new PropertyDescriptor(this, PropertyFlag.NonEnumerable));
        Method("has", 1, static (collection, arguments) => collection.Has(At(arguments, 0)));
        if (isMap)
        {
            Method("get", 1, static (collection, arguments) => collection.Lookup(At(arguments, 0)));
            Method("set", 2, (collection, arguments) => Put(collection, At(arguments, 0), At(arguments, 1), "Invalid value used as weak map key"));
        }
        else
        {
            Method("add", 1, (collection, arguments) => Put(collection, At(arguments, 0), Undefined, "Invalid value used in weak set"));
        }

        Method("delete", 1, static (collection, arguments) => collection.Remove(At(arguments, 0)));
    }

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget)
    {
        var collection = new AwareCollection(_heap)
        {
            Prototype = newTarget is ObjectInstance target && target.Get("prototype") is ObjectInstance prototype ? prototype : _methods,
        };
        if (At(arguments, 0) is var contents && !contents.IsNull() && !contents.IsUndefined())
        {
            Fill(collection, contents);
        }

        return collection;
    }

    // ECMAScript, 24.3.1.1 and 24.4.1.1.
    private void Fill(AwareCollection collection, JsValue contents)
    {
        string name = _isMap ? "set" : "add";
        JsValue adder = collection.Get(name);
        if (!adder.IsCallable())
        {
            throw _heap.Realm.Fail($"'{adder}' returned for property '{name}' of object '#<{_kind}>' is not a function", "TypeError");
        }

        foreach (JsValue item in _heap.Realm.Iterate(contents))
        {
            adder.Call(collection, !_isMap ? [item] : item is ObjectInstance entry ? [entry.Get("0"), entry.Get("1")] : throw _heap.Realm.Fail($"Iterator value {item} is not an entry object", "TypeError"));
        }
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) =>
        throw _heap.Realm.Fail($"Class constructor VirtualObjectAware{_kind} cannot be invoked without 'new'", "TypeError");

    private static JsValue At(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : Undefined;

    private AwareCollection Put(AwareCollection collection, JsValue key, JsValue value, string complaint)
    {
        if (key is not ObjectInstance && !(key is JsSymbol symbol && _heap.Realm.SymbolKeyFor(symbol) is null))
        {
            throw _heap.Realm.Fail(complaint, "TypeError");
        }

        collection.Put(key, value);
        return collection;
    }

    private void Method(string name, int length, Func<AwareCollection, JsValue[], JsValue> body) => _methods.DefineOwnProperty(
        name,
        new PropertyDescriptor(
            _heap.Realm.Function(name, length, (self, arguments) => self is AwareCollection collection
                ? body(collection, arguments)
                : throw _heap.Realm.Fail($"{name} was called on what is no {_kind}", "TypeError")),
            PropertyFlag.NonEnumerable));
}
