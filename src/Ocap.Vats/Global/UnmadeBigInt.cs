using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global;

/// <summary><c>BigInt</c>, which converts and makes no objects: the engine's own does with <c>new</c>.</summary>
internal sealed class UnmadeBigInt : Constructor
{
    private readonly ObjectInstance _original;

    private UnmadeBigInt(ObjectInstance original) : base(original.Engine, "BigInt")
    {
        _original = original;
        Prototype = _engine.Intrinsics.Function.Object("prototype");
        _length = new PropertyDescriptor(1, writable: false, enumerable: false, configurable: true);
        _prototypeDescriptor = new PropertyDescriptor(original.Object("prototype"), PropertyFlag.AllForbidden);
    }

    internal static void Install(IntrinsicTable intrinsics)
    {
        var original = intrinsics["BigInt"];
        var made = new UnmadeBigInt(original);
        foreach (var method in (string[])["asUintN", "asIntN"]) made.Hidden(method, original.OwnValue(method)!);
        intrinsics["BigInt.prototype"].Define("constructor", new PropertyDescriptor { Value = made });
        intrinsics.Global.Hidden("BigInt", made);
        intrinsics["BigInt"] = made;
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => _original.Call(thisObject, arguments);

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) => throw Natives.TypeError(_engine, "BigInt is not a constructor");
}
