using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Ocap.Vats.Global.Asserting;

/// <summary>Spells values in messages: JSON as far as it goes, and bracketed words for what JSON has none for.</summary>
internal sealed class Quoting(Jint.Engine engine, IntrinsicTable intrinsics)
{
    private readonly ObjectInstance _stringify = intrinsics["JSON"].Object("stringify");
    private readonly JsValue _isInstance = intrinsics["Function.prototype"].OwnValue(GlobalSymbolRegistry.HasInstance)!;

    /// <summary>Whether an object is an heir of <c>Error.prototype</c>, as <c>instanceof</c> says: it need not have been made by an error's constructor.</summary>
    private bool IsError(ObjectInstance value) => TypeConverter.ToBoolean(_isInstance.Call(intrinsics["Error"], [value]));

    /// <summary>As the <c>quote</c> of Endo spells it; <c>[Something that failed to stringify]</c> when the value's own code throws.</summary>
    internal string Stringify(JsValue value, JsValue spaces)
    {
        var seen = new HashSet<ObjectInstance>(ReferenceEqualityComparer.Instance);
        var replacer = Natives.Function(engine, "", 2, (_, arguments) => Replace(arguments.At(1), seen));
        try
        {
            var text = _stringify.Call(JsValue.Undefined, [value, replacer, spaces]);
            return text.IsString() ? text.AsString() : "undefined";
        }
        catch (JavaScriptException)
        {
            return "[Something that failed to stringify]";
        }
    }

    private JsValue Replace(JsValue value, HashSet<ObjectInstance> seen)
    {
        switch (value)
        {
            case JsString when value.AsString() is ['[', ..] text:
                return $"[{text}]";
            case JsSymbol:
                return $"[{value}]";
            case JsBigInt:
                return $"[{TypeConverter.ToString(value)}n]";
            case JsNumber when !double.IsFinite(value.AsNumber()):
                return $"[{TypeConverter.ToString(value)}]";
            case ObjectInstance target:
                return Replace(target, seen);
            default:
                return value.IsUndefined() ? "[undefined]" : value;
        }
    }

    private JsValue Replace(ObjectInstance target, HashSet<ObjectInstance> seen)
    {
        if (target.IsCallable())
        {
            var name = target.Get("name");
            return $"[Function {(TypeConverter.ToBoolean(name) ? TypeConverter.ToString(name) : "<anon>")}]";
        }
        if (!seen.Add(target)) return "[Seen]";
        if (IsError(target)) return $"[{TypeConverter.ToString(target.Get("name"))}: {TypeConverter.ToString(target.Get("message"))}]";
        if (target.HasProperty(GlobalSymbolRegistry.ToStringTag)) return $"[{TypeConverter.ToString(target.Get(GlobalSymbolRegistry.ToStringTag))}]";
        return target.IsArray() ? target : Sorted(target);
    }

    // Names in their order, so that two equal records read the same.
    private JsValue Sorted(ObjectInstance target)
    {
        var names = new List<string>();
        foreach (var key in target.GetOwnPropertyKeys(Types.String))
        {
            if (target.GetOwnProperty(key).Enumerable) names.Add(key.AsString());
        }
        var ordered = names.Order(StringComparer.Ordinal).ToArray();
        if (ordered.AsSpan().SequenceEqual(names.ToArray())) return target;
        var copy = new JsObject(engine);
        foreach (var name in ordered) copy.CreateDataProperty(name, target.Get(name));
        return copy;
    }

    internal static string WithArticle(string noun) => noun is [var first, ..] && "aeiouAEIOU".Contains(first, StringComparison.Ordinal) ? $"an {noun}" : $"a {noun}";

    internal static string TypeOf(JsValue value) => value switch
    {
        JsString => "string",
        JsNumber => "number",
        JsBoolean => "boolean",
        JsBigInt => "bigint",
        JsSymbol => "symbol",
        _ when value.IsUndefined() => "undefined",
        _ when value.IsCallable() => "function",
        _ => "object",
    };
}
