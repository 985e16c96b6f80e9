using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Global;

namespace Ocap.Vats.Endowments.Random;

/// <summary>A <c>Math</c> whose <c>random</c> works: a plain object with everything the tamed one has.</summary>
internal static class VatMath
{
    internal static JsObject Make(Jint.Engine engine)
    {
        var math = new JsObject(engine);
        ObjectInstance shared = engine.Global.Object("Math");
        foreach (JsValue key in shared.GetOwnPropertyKeys(Jint.Runtime.Types.String))
        {
            Add(key, shared.OwnValue(key)!);
        }

        Add("random", Natives.Function(engine, "random", 0, static (_, _) => VatRandom.Fraction()));
        return math;

        void Add(JsValue key, JsValue value) => math.Define(key, new PropertyDescriptor(value, PropertyFlag.ConfigurableEnumerableWritable));
    }
}
