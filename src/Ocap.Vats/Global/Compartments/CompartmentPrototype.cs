using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global.Compartments;

/// <summary>The methods of compartments. There is nothing that a module could be loaded from: a vat's code is one bundle.</summary>
internal static class CompartmentPrototype
{
    internal static ObjectInstance Make(IntrinsicTable intrinsics)
    {
        var engine = intrinsics.Global.Engine;
        var prototype = new JsObject(engine);
        prototype.Set("constructor", new InertConstructor(engine, "Compartment", 0, prototype, "Compartment.prototype.constructor is not a valid constructor."));
        Getter("globalThis", static compartment => compartment.GlobalThis);
        Getter("name", static compartment => compartment.Name);
        prototype.Set("evaluate", Natives.Function(engine, "evaluate", 1, (self, arguments) =>
        {
            var compartment = This(self);
            return arguments.At(0).IsString()
                ? compartment.Evaluate(arguments.At(0).AsString(), arguments.At(1) as ObjectInstance)
                : throw Natives.TypeError(engine, "first argument of evaluate() must be a string");
        }));
        foreach (var method in (string[])["module", "importNow"])
            prototype.Set(method, Natives.Function(engine, method, 1, (self, arguments) => throw NoModule(method, This(self), arguments)));
        foreach (var method in (string[])["import", "load"])
        {
            var function = Natives.Function(engine, method, 1, (self, arguments) =>
            {
                try
                {
                    throw NoModule(method, This(self), arguments);
                }
                catch (JavaScriptException refusal)
                {
                    return intrinsics["Promise"].Get("reject").Call(intrinsics["Promise"], [refusal.Error]);
                }
            });
            function.Prototype = intrinsics["%AsyncFunction.prototype%"];
            prototype.Set(method, function);
        }
        prototype.Define(GlobalSymbolRegistry.ToStringTag, new PropertyDescriptor("Compartment", PropertyFlag.OnlyConfigurable));
        return prototype;

        void Getter(string name, Func<Compartment, JsValue> get) =>
            prototype.Accessor(name, Natives.Function(engine, $"get {name}", 0, (self, _) => get(This(self))), JsValue.Undefined, enumerable: true);

        Compartment This(JsValue self) => self as Compartment ?? throw Natives.TypeError(engine, "This method belongs to a Compartment");

        JavaScriptException NoModule(string method, Compartment compartment, JsValue[] arguments) => Natives.TypeError(engine, arguments.At(0).IsString()
            ? $"Failed to load module \"{arguments[0].AsString()}\" in package \"{compartment.Name}\": compartments of a vat have no modules"
            : $"first argument of {method}() must be a string");
    }
}
