using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Collections;
using Ocap.Vats.Marshal;
using Ocap.Vats.Watchers;
using Ocap.Vats.Weak;

namespace Ocap.Vats.Liveslots;

/// <summary>The first argument of <c>buildRootObject</c>, and the globals that come from liveslots.</summary>
internal sealed class VatPowers(VatHeap heap, PromiseWatchers watchers)
{
    private ObjectInstance? _vatData;
    private JsValue? _passStyleOf;

    /// <summary>Defines HandledPromise, VatData and passStyleOf in the vat's global. Called before the engine is sealed.</summary>
    internal void DefineGlobals(VatEngine engine)
    {
        _vatData = MakeVatData();
        _passStyleOf = heap.Realm.Function("passStyleOf", 1, (_, arguments) => heap.Styles.Of(At(arguments, 0)).Name());
        engine.DefineGlobal("HandledPromise", heap.Promises.Constructor);
        engine.DefineGlobal("VatData", _vatData);
        engine.DefineGlobal("WeakMap", new AwareConstructor(heap, isMap: true));
        engine.DefineGlobal("WeakSet", new AwareConstructor(heap, isMap: false));
        heap.Realm.Engine.Global.DefineOwnProperty(heap.Realm.SymbolFor("@endo passStyleOf"), JsRealm.Hidden(heap.Realm.Harden(_passStyleOf)));
    }

    internal ObjectInstance Make()
    {
        var powers = new JsObject(heap.Realm.Engine);
        ObjectInstance global = heap.Realm.Engine.Global;
        Add("D", Function("D", _ => throw heap.Realm.Fail("D() must be given a device node")));
        Add("exitVat", Function("exitVat", value => Exit(value, isFailure: false)));
        Add("exitVatWithFailure", Function("exitVatWithFailure", value => Exit(value, isFailure: true)));
        Add("VatData", _vatData!);
        Add("WeakMap", global.Get("WeakMap"));
        Add("WeakSet", global.Get("WeakSet"));
        Add(heap.Realm.SymbolFor("@endo passStyleOf"), _passStyleOf!);
        Add("logger", global.Get("console"));
        return heap.Realm.Harden(powers);

        void Add(JsValue name, JsValue value) => powers.DefineOwnProperty(name, new PropertyDescriptor(value, PropertyFlag.ConfigurableEnumerableWritable));
    }

    private static JsValue At(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : JsValue.Undefined;

    private ObjectInstance MakeVatData()
    {
        var vatData = new JsObject(heap.Realm.Engine);
        foreach (bool isMulti in (bool[])[false, true])
        {
            string suffix = isMulti ? "Multi" : "";
            Define("defineKind" + suffix, 4, arguments => heap.Definer.Define(At(arguments, 0), At(arguments, 1), At(arguments, 2), At(arguments, 3), isMulti));
            Define("defineDurableKind" + suffix, 4, arguments =>
                heap.Definer.DefineDurable(At(arguments, 0), At(arguments, 1), At(arguments, 2), At(arguments, 3), isMulti));
        }

        Define("makeKindHandle", 1, arguments => heap.Handles.Create(At(arguments, 0)));
        Define("canBeDurable", 1, arguments => heap.Marshaller.Serialize(At(arguments, 0)).Slots.All(heap.Counts.IsDurable));
        Define("providePromiseWatcher", 1, arguments => watchers.Provide(At(arguments, 0), At(arguments, 1), At(arguments, 2)));
        Define("watchPromise", 2, arguments =>
        {
            watchers.Watch(At(arguments, 0), At(arguments, 1), [.. arguments.Skip(2)]);
            return JsValue.Undefined;
        });
        var collections = new CollectionMakers(heap);
        foreach ((string name, bool isSet, bool isWeak) in (ReadOnlySpan<(string, bool, bool)>)
            [("Map", false, false), ("WeakMap", false, true), ("Set", true, false), ("WeakSet", true, true)])
        {
            Define($"makeScalarBig{name}Store", 0, arguments => collections.Make(isSet, isWeak, arguments));
        }

        return heap.Realm.Harden(vatData);

        void Define(string name, int length, Func<JsValue[], JsValue> body) =>
            vatData.CreateDataProperty(name, heap.Realm.Function(name, length, (_, arguments) => body(arguments)));
    }

    private JsValue Exit(JsValue value, bool isFailure)
    {
        CapData info = heap.Marshaller.Serialize(heap.Realm.Harden(value));
        if (SyscallLog.Accepts(info))
        {
            heap.RetainExports(info.Slots);
            heap.Syscalls.Add(new SyscallExit(isFailure, info));
        }
        else
        {
            heap.Syscalls.Add(new SyscallExit(IsFailure: true, heap.Marshaller.Serialize(heap.Realm.NewError(SyscallLog.TooLarge))));
        }

        GC.KeepAlive(value);
        return JsValue.Undefined;
    }

    private JsValue Function(string name, Func<JsValue, JsValue> body) => heap.Realm.Function(name, 1, (_, arguments) => body(At(arguments, 0)));
}
