using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global;

/// <summary>
/// <c>Compartment</c> is there to be looked at (<c>typeof Compartment</c>), not to be made: the engine's global is the vat's one compartment, and
/// a second one would need intrinsics shared between two globals.
/// </summary>
internal static class InertCompartment
{
    private const string Refusal = "Compartment cannot be constructed here: a vat's code runs in the vat's one global";

    internal static void Install(IntrinsicTable intrinsics)
    {
        var engine = intrinsics.Global.Engine;
        var prototype = new JsObject(engine);
        var compartment = new InertConstructor(engine, "Compartment", 0, prototype, Refusal);
        prototype.Hidden("constructor", new InertConstructor(engine, "Compartment", 0, prototype, "Compartment.prototype.constructor is not a valid constructor."));
        foreach (var method in (string[])["evaluate", "import", "importNow", "load", "module"])
            prototype.Method(method, 1, (_, _) => throw Natives.TypeError(engine, Refusal));
        foreach (var getter in (string[])["globalThis", "name"])
            prototype.Accessor(getter, Natives.Function(engine, $"get {getter}", 0, (_, _) => throw Natives.TypeError(engine, Refusal)), JsValue.Undefined);
        prototype.Define(GlobalSymbolRegistry.ToStringTag, new PropertyDescriptor("Compartment", PropertyFlag.OnlyConfigurable));
        intrinsics.Global.Hidden("Compartment", compartment);
    }
}
