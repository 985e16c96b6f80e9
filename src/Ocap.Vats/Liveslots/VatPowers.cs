using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>The first argument of <c>buildRootObject</c>, and the globals that come from liveslots.</summary>
internal sealed class VatPowers(VatHeap heap)
{
    private static readonly string[] Unavailable =
    [
        "defineKind", "defineKindMulti", "defineDurableKind", "defineDurableKindMulti", "makeKindHandle", "providePromiseWatcher", "watchPromise",
        "makeScalarBigMapStore", "makeScalarBigWeakMapStore", "makeScalarBigSetStore", "makeScalarBigWeakSetStore",
    ];

    private ObjectInstance? _vatData;
    private JsValue? _passStyleOf;

    /// <summary>Defines HandledPromise, VatData and passStyleOf in the vat's global. Called before the engine is sealed.</summary>
    internal void DefineGlobals(VatEngine engine)
    {
        _vatData = MakeVatData();
        _passStyleOf = heap.Realm.Function("passStyleOf", 1, (_, arguments) => heap.Styles.Of(At(arguments)).Name());
        engine.DefineGlobal("HandledPromise", heap.Promises.Constructor);
        engine.DefineGlobal("VatData", _vatData);
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

    private static JsValue At(JsValue[] arguments) => arguments.Length > 0 ? arguments[0] : JsValue.Undefined;

    private ObjectInstance MakeVatData()
    {
        var vatData = new JsObject(heap.Realm.Engine);
        foreach (string name in Unavailable)
        {
            vatData.CreateDataProperty(name, Function(name, _ => throw heap.Realm.Fail(
                $"VatData.{name} is not available in this version: keep durable state in the baggage that buildRootObject is given.", "TypeError")));
        }

        vatData.CreateDataProperty("canBeDurable", Function("canBeDurable", value => heap.Marshaller.Serialize(value).Slots.All(heap.Counts.IsDurable)));
        return heap.Realm.Harden(vatData);
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

    private JsValue Function(string name, Func<JsValue, JsValue> body) => heap.Realm.Function(name, 1, (_, arguments) => body(At(arguments)));
}
