using Jint;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime;

namespace Ocap.Vats.Global;

/// <summary>
/// <c>Array.prototype.slice</c> for arrays that are frozen or sealed: the engine's own takes wrong elements of those when it does not start at 0.
/// Hardened arrays are everywhere in vat code, so it is replaced for them; other receivers get the engine's.
/// </summary>
internal static class FrozenSlices
{
    internal static void Install(IntrinsicTable intrinsics)
    {
        ObjectInstance prototype = intrinsics["Array.prototype"];
        ObjectInstance array = intrinsics["Array"];
        JsValue own = prototype.Get("slice"), from = array.Get("from");
        prototype.Method("slice", 2, (self, arguments) => self is ArrayInstance { Extensible: false } receiver
            ? Slice(array, from, receiver, arguments)
            : own.Call(self, arguments));
    }

    private static JsValue Slice(ObjectInstance array, JsValue from, ArrayInstance receiver, JsValue[] arguments)
    {
        double length = TypeConverter.ToLength(receiver.Get("length"));
        double start = Index(arguments.Length > 0 ? arguments[0] : JsValue.Undefined, 0, length);
        double end = Index(arguments.Length > 1 ? arguments[1] : JsValue.Undefined, length, length);
        var result = new JsArray(array.Engine, capacity: 0, length: (uint)Math.Max(0, end - start));
        for (double i = start; i < end; i++)
        {
            if (receiver.HasProperty(JsNumber.Create(i))) result.Set((uint)(i - start), receiver.Get(JsNumber.Create(i)));
        }

        JsValue constructor = receiver.Get("constructor");
        if (ReferenceEquals(constructor, array) || constructor is not ObjectInstance other) return result;
        JsValue species = other.Get(GlobalSymbolRegistry.Species);
        return species.IsUndefined() || species.IsNull() || ReferenceEquals(species, array) ? result : from.Call(species, [result]);
    }

    private static double Index(JsValue argument, double fallback, double length)
    {
        double index = argument.IsUndefined() ? fallback : TypeConverter.ToIntegerOrInfinity(argument);
        return index < 0 ? Math.Max(0, length + index) : Math.Min(index, length);
    }
}
