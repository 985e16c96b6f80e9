using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global;

/// <summary>What <c>constructor</c> of a function prototype leads to: a constructor that makes nothing, so that no function leads to an evaluator.</summary>
internal sealed class InertConstructor : Constructor
{
    private readonly string _refusal;

    internal InertConstructor(Jint.Engine engine, string name, int length, ObjectInstance prototype, string refusal) : base(engine, name)
    {
        _refusal = refusal;
        Prototype = engine.Intrinsics.Function.Object("prototype");
        _length = new PropertyDescriptor(length, writable: false, enumerable: false, configurable: true);
        _prototypeDescriptor = new PropertyDescriptor(prototype, PropertyFlag.AllForbidden);
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => throw Natives.TypeError(_engine, _refusal);

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) => throw Natives.TypeError(_engine, _refusal);
}
