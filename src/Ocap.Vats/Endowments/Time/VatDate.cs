using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Endowments.Random;
using Ocap.Vats.Global;

namespace Ocap.Vats.Endowments.Time;

/// <summary>A <c>Date</c> that tells the time, a little wrong: up to 1 ms ahead, at random, and never going back. Its prototype is the tamed one's.</summary>
internal sealed class VatDate : Constructor
{
    private readonly Constructor _original;
    private double _latest;

    internal VatDate(Jint.Engine engine)
        : base(engine, "Date")
    {
        _original = ((TamedDate)engine.Global.Object("Date")).Original;
        Prototype = engine.Intrinsics.Function.Object("prototype");
        _length = Fixed(7);
        _prototypeDescriptor = Fixed(_original.Object("prototype"));
        this.Define("now", Fixed(Natives.Function(engine, "now", 0, (_, _) => Now())));
        this.Define("parse", Fixed(_original.OwnValue("parse")!));
        this.Define("UTC", Fixed(_original.OwnValue("UTC")!));
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => throw Natives.TypeError(_engine, "undefined is not a constructor");

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) =>
        _original.Construct(arguments.Length == 0 ? [Now()] : TamedDate.Read(arguments), newTarget);

    private double Now()
    {
        double actual = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        _latest = Math.Max(_latest, Math.Floor(actual + VatRandom.Fraction() + 0.5));
        return _latest;
    }

    private static PropertyDescriptor Fixed(JsValue value) => new(value, PropertyFlag.AllForbidden);
}
