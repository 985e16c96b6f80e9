using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global;

/// <summary>
/// Undoes the override mistake: assigning to a property that a frozen prototype has as data would throw in the heir. The properties that programs
/// do assign to become accessors, whose setter defines the property on the heir. The list is the "severe" one of SES, which the reference asks for.
/// </summary>
internal static class OverrideEnablements
{
    private const string All = "*";

    private static readonly (string Owner, string[] Properties)[] Plan =
    [
        ("Object.prototype", [All]),
        ("Function.prototype", ["toString", "constructor", "bind"]),
        ("Error.prototype", ["name", "constructor", "message", "toString"]),
        ("%IteratorPrototype%", ["toString", "constructor", "@@toStringTag", "@@iterator"]),
        ("Array.prototype", ["toString", "push", "concat", "@@iterator"]),
        ("TypeError.prototype", ["constructor", "message", "name"]),
        ("SyntaxError.prototype", ["message", "name"]),
        ("RangeError.prototype", ["message", "name"]),
        ("URIError.prototype", ["message", "name"]),
        ("EvalError.prototype", ["message", "name"]),
        ("ReferenceError.prototype", ["message", "name"]),
        ("AggregateError.prototype", ["message", "name"]),
        ("Promise.prototype", ["constructor"]),
        ("%TypedArray%.prototype", [All]),
        ("Map.prototype", [All]),
        ("Set.prototype", [All]),
        ("%GeneratorFunction.prototype%", ["constructor", "name", "toString"]),
    ];

    internal static void Install(IntrinsicTable intrinsics)
    {
        foreach (var (owner, properties) in Plan)
        {
            var target = intrinsics[owner];
            JsValue[] keys = properties is [All] ? [.. target.GetOwnPropertyKeys()] : [.. properties.Select(WellKnown.Key)];
            // Aliases, as Set.prototype.keys and values are, share one descriptor in the engine: to change one by its name would change the other.
            var met = new HashSet<PropertyDescriptor>(ReferenceEqualityComparer.Instance);
            foreach (var alias in keys.Where(key => !met.Add(target.GetOwnProperty(key))).ToArray()) Separate(target, alias);
            foreach (var key in keys) Enable(target, key, properties is [All] ? Path(owner) : $"{Path(owner)}.{(key.IsSymbol() ? key : WellKnown.Name(key))}");
        }
    }

    private static void Separate(ObjectInstance target, JsValue key)
    {
        var shared = target.GetOwnProperty(key);
        if (shared == PropertyDescriptor.Undefined || shared.IsAccessorDescriptor()) return;
        target.Delete(key);
        target.Define(key, new PropertyDescriptor(shared.Value, shared.Writable, shared.Enumerable, shared.Configurable));
    }

    // SES names an intrinsic %ObjectPrototype% where the tables here say Object.prototype.
    private static string Path(string owner) => $"root.%{owner.Replace(".prototype", "Prototype", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal)}%";

    private static void Enable(ObjectInstance target, JsValue key, string path)
    {
        var current = target.GetOwnProperty(key);
        if (current == PropertyDescriptor.Undefined || current.IsAccessorDescriptor() || !current.Configurable) return;
        var engine = target.Engine;
        var value = current.Value;
        var name = WellKnown.Spelled(key);
        var getter = Natives.Function(engine, $"get {name}", 0, (_, _) => value);
        getter.Define("originalValue", new PropertyDescriptor(value, PropertyFlag.AllForbidden));
        var setter = Natives.Function(engine, $"set {name}", 1, (self, arguments) =>
        {
            if (ReferenceEquals(self, target)) throw Natives.TypeError(engine, $"Cannot assign to read only property '{name}' of '{path}'");
            if (self is not ObjectInstance heir) throw Natives.TypeError(engine, $"Cannot assign property '{name}' of a value that is no object");
            var replacement = arguments.Length > 0 ? arguments[0] : JsValue.Undefined;
            if (heir.HasOwnProperty(key))
            {
                if (!heir.Set(key, replacement)) throw Natives.TypeError(engine, $"Cannot assign to read only property '{name}' of object");
            }
            else if (!heir.DefineOwnProperty(key, new PropertyDescriptor(replacement, PropertyFlag.ConfigurableEnumerableWritable)))
            {
                throw Natives.TypeError(engine, $"Cannot define property {name}, object is not extensible");
            }
            return JsValue.Undefined;
        });
        target.Accessor(key, getter, setter, current.Enumerable);
    }
}
