using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Global.Dates;

namespace Ocap.Vats.Global;

/// <summary>The shared <c>Date</c>: it computes with dates but does not tell the time. The texts are those of SES.</summary>
internal sealed class TamedDate : Constructor
{
    private readonly Constructor _original;

    /// <summary>The engine's own, which tells the time.</summary>
    internal Constructor Original => _original;

    private TamedDate(Jint.Engine engine, Constructor original) : base(engine, "Date")
    {
        _original = original;
        Prototype = engine.Intrinsics.Function.Object("prototype");
        _length = new PropertyDescriptor(7, writable: false, enumerable: false, configurable: true);
        _prototypeDescriptor = new PropertyDescriptor(original.Object("prototype"), PropertyFlag.AllForbidden);
    }

    internal static void Install(IntrinsicTable intrinsics)
    {
        var original = (Constructor)intrinsics["Date"];
        var date = new TamedDate(original.Engine, original);
        original.Method("parse", 1, static (_, arguments) => DateText.Parse(TypeConverter.ToString(arguments.At(0))));
        date.Hidden("parse", original.OwnValue("parse")!);
        date.Hidden("UTC", original.OwnValue("UTC")!);
        date.Method("now", 0, (_, _) => throw Refusal("secure mode Calling %SharedDate%.now() throws"));
        intrinsics["Date.prototype"].Define("constructor", new PropertyDescriptor { Value = date });
        intrinsics.Global.Hidden("Date", date);
        intrinsics["Date"] = date;

        Exception Refusal(string message) => Natives.TypeError(original.Engine, message);
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) =>
        throw Natives.TypeError(_engine, "secure mode Calling %SharedDate% constructor as a function throws");

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) =>
        arguments.Length > 0
            ? _original.Construct(Read(arguments), newTarget)
            : throw Natives.TypeError(_engine, "secure mode Calling new %SharedDate%() with no arguments throws");

    /// <summary>The arguments for the engine's own constructor: a date's text is read here.</summary>
    internal static JsValue[] Read(JsValue[] arguments) =>
        arguments is not [var only] || only is JsDate or JsNumber ? arguments : TypeConverter.ToPrimitive(only) is var value && value is JsString text ? [DateText.Parse(text.ToString())] : [value];
}
