using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global.Compartments;

/// <summary>
/// What a vat's compartments have in common: their prototype, and the names that each new global begins with. Those are the vat's own as they were when its
/// global was sealed; whatever the vat's code puts there later, and its endowments, are its own.
/// </summary>
internal sealed class CompartmentKit
{
    private static readonly string[] NotShared = ["globalThis", "Compartment", "eval", "Function", "VatData"];

    private readonly Evaluators _evaluators;
    private readonly OrderedDictionary<string, PropertyDescriptor> _shared = new(StringComparer.Ordinal);

    internal CompartmentKit(IntrinsicTable intrinsics, Evaluators evaluators)
    {
        Intrinsics = intrinsics;
        Engine = intrinsics.Global.Engine;
        _evaluators = evaluators;
        Prototype = CompartmentPrototype.Make(intrinsics);
        intrinsics.Global.Hidden("Compartment", new CompartmentConstructor(this));
        RefuseUnscopables(intrinsics.Global);
    }

    internal IntrinsicTable Intrinsics { get; }

    internal Jint.Engine Engine { get; }

    internal ObjectInstance Prototype { get; }

    /// <summary>Remembers the names that are not enumerable: the language's and SES's. Endowments are: where one takes such a name later, what it was remains shared.</summary>
    internal void ShareGlobals()
    {
        foreach (var key in Engine.Global.GetOwnPropertyKeys())
        {
            if (!key.IsString() || NotShared.Contains(key.AsString(), StringComparer.Ordinal)) continue;
            var descriptor = Engine.Global.GetOwnProperty(key);
            if (!descriptor.Enumerable && !descriptor.IsAccessorDescriptor()) _shared[key.AsString()] = new PropertyDescriptor(descriptor.Value, descriptor.Writable, enumerable: false, descriptor.Configurable);
        }
    }

    internal Compartment Make(string name, JsValue globals, JsValue[] transforms, ObjectInstance? prototype)
    {
        var global = new JsObject(Engine);
        RefuseUnscopables(global);
        foreach (var (key, value) in _shared) global.Define(key, new PropertyDescriptor(value.Value, value.Writable, enumerable: false, value.Configurable));
        var compartment = new Compartment(_evaluators, name, global, transforms) { Prototype = prototype ?? Prototype };
        global.Hidden("globalThis", global);
        global.Hidden("Compartment", Frozen(new CompartmentConstructor(this)));
        global.Hidden("eval", Frozen(_evaluators.MakeEval(compartment.Evaluate)));
        global.Hidden("Function", Frozen(_evaluators.MakeFunctionConstructor(compartment.Evaluate)));
        if (globals is ObjectInstance endowments)
        {
            foreach (var key in endowments.GetOwnPropertyKeys())
            {
                if (endowments.GetOwnProperty(key).Enumerable && !global.Set(key, endowments.Get(key))) throw Natives.TypeError(Engine, $"Cannot assign to read only property '{key}' of a compartment's global");
            }
        }
        return compartment;
    }

    /// <summary>The scope of a compartment's code is made of <c>with</c> blocks, to which this symbol would say something.</summary>
    private static void RefuseUnscopables(ObjectInstance global)
    {
        var refuse = Frozen(Natives.Function(global.Engine, "", 0, (_, _) => throw Natives.TypeError(global.Engine, "Cannot set Symbol.unscopables of a Compartment's globalThis")));
        global.Accessor(GlobalSymbolRegistry.Unscopables, JsValue.Undefined, refuse, enumerable: false, configurable: false);
    }

    private static ObjectInstance Frozen(ObjectInstance function)
    {
        function.PreventExtensions();
        foreach (var key in function.GetOwnPropertyKeys()) function.Define(key, new PropertyDescriptor { Configurable = false, Writable = false });
        return function;
    }
}
