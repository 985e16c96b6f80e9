using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global.Compartments;

/// <summary>The <c>Compartment</c> of one global. Each global has its own, and all have the same prototype.</summary>
internal sealed class CompartmentConstructor : Constructor
{
    private readonly CompartmentKit _kit;

    internal CompartmentConstructor(CompartmentKit kit) : base(kit.Engine, "Compartment")
    {
        _kit = kit;
        Prototype = kit.Engine.Intrinsics.Function.Object("prototype");
        _length = new PropertyDescriptor(0, PropertyFlag.AllForbidden);
        _prototypeDescriptor = new PropertyDescriptor(kit.Prototype, PropertyFlag.AllForbidden);
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) =>
        throw Natives.TypeError(_engine, "Class constructor Compartment cannot be invoked without 'new'");

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget)
    {
        var (globals, options) = Options(arguments);
        var name = options?.Get("name") ?? Undefined;
        JsValue[] transforms = [.. Elements(options?.Get("transforms") ?? Undefined), .. Elements(options?.Get("__shimTransforms__") ?? Undefined)];
        var prototype = newTarget is ObjectInstance target ? target.Get("prototype") as ObjectInstance : null;
        return _kit.Make(name.IsUndefined() ? "<unknown>" : TypeConverter.ToString(name), globals, transforms, prototype);
    }

    // Either one bag of options, marked as such, or globals, modules and options apart.
    private (JsValue Globals, ObjectInstance? Options) Options(JsValue[] arguments)
    {
        if (arguments is [ObjectInstance bag] && bag.HasProperty("__options__"))
        {
            var mark = bag.Get("__options__");
            return mark.IsBoolean() && mark.AsBoolean()
                ? (bag.Get("globals"), bag)
                : throw _kit.Intrinsics.Error("Error", $"Compartment constructor only supports true __options__ sigil, got {TypeConverter.ToString(mark)}");
        }
        if (arguments.At(2).IsNull()) throw Natives.TypeError(_engine, "Cannot read properties of null (reading 'modules')");
        var options = arguments.At(2) as ObjectInstance;
        foreach (var (option, message) in ((string, string)[])
            [("modules", "either a module map argument or modules option, not both"), ("globals", "either globals argument or option, not both")])
        {
            if (options is not null && !options.Get(option).IsUndefined())
                throw _kit.Intrinsics.Error("RangeError", $"Compartment constructor must receive {message}");
        }
        return (arguments.At(0), options);
    }

    internal static JsValue[] Elements(JsValue list) => list is JsArray array ? [.. array] : list.IsUndefined() ? [] : [list];
}
