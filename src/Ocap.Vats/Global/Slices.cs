using Jint;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global;

/// <summary>
/// <c>Array.prototype.slice</c> for arrays that are not plain lists of values: the engine's own takes wrong elements of those when it does not start at 0.
/// They are the arrays of a derived class, those that an element was defined in, sparse ones, and all hardened ones. Other receivers get the engine's.
/// </summary>
internal static class Slices
{
    internal static void Install(IntrinsicTable intrinsics)
    {
        ObjectInstance prototype = intrinsics["Array.prototype"];
        ObjectInstance array = intrinsics["Array"];
        JsValue own = prototype.Get("slice"), construct = intrinsics["Reflect"].Get("construct");
        prototype.Method("slice", 2, (self, arguments) => self is JsArray receiver && !IsList(receiver, prototype)
            ? Slice(array, construct, receiver, arguments)
            : own.Call(self, arguments));
    }

    /// <summary>Whether all its elements lie in one list, and a slice of it is made by no other constructor than <c>Array</c>.</summary>
    private static bool IsList(JsArray receiver, ObjectInstance prototype) =>
        receiver.Extensible
        && EngineInternals.Elements(receiver) is { } elements && elements.Length >= receiver.Length
        && ReferenceEquals(receiver.Prototype, prototype)
        && receiver.GetOwnProperty("constructor") == PropertyDescriptor.Undefined;

    private static JsValue Slice(ObjectInstance array, JsValue construct, JsArray receiver, JsValue[] arguments)
    {
        double length = receiver.Length;
        double start = Index(arguments.At(0), 0, length);
        double end = Index(arguments.At(1), length, length);
        uint count = (uint)Math.Max(0, end - start);
        ObjectInstance result = Species(array, receiver) is { } other
            ? (ObjectInstance)construct.Call(JsValue.Undefined, [other, new JsArray(array.Engine, [JsNumber.Create(count)])])
            : new JsArray(array.Engine, capacity: 0, length: count);
        for (uint i = 0; i < count; i++)
        {
            JsValue from = JsNumber.Create(start + i);
            if (receiver.HasProperty(from)) Add(result, JsNumber.Create(i), receiver.Get(from));
            if ((i & 0xfff) == 0xfff) array.Engine.Constraints.Check();
        }

        result.Set("length", JsNumber.Create(count), throwOnError: true);
        return result;
    }

    private static void Add(ObjectInstance result, JsValue index, JsValue value)
    {
        if (!result.CreateDataProperty(index, value)) throw Natives.TypeError(result.Engine, $"Cannot add property {index}, object is not extensible");
    }

    /// <summary>What else than <c>Array</c> makes the slice (ArraySpeciesCreate).</summary>
    private static JsValue? Species(ObjectInstance array, JsArray receiver)
    {
        JsValue species = receiver.Get("constructor");
        if (species is ObjectInstance constructor)
        {
            if (ReferenceEquals(constructor, array)) return null;
            species = constructor.Get(GlobalSymbolRegistry.Species);
            if (species.IsNull()) return null;
        }

        if (species.IsUndefined() || ReferenceEquals(species, array)) return null;
        return EngineInternals.IsConstructor(species) ? species : throw Natives.TypeError(array.Engine, "object.constructor[Symbol.species] is not a constructor");
    }

    private static double Index(JsValue argument, double fallback, double length)
    {
        double index = argument.IsUndefined() ? fallback : TypeConverter.ToIntegerOrInfinity(argument);
        return index < 0 ? Math.Max(0, length + index) : Math.Min(index, length);
    }
}
