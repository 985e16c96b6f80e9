using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Marshal;

namespace Ocap.Vats.Marshal;

/// <summary>How values read inside error messages: JSON, with names in brackets for what JSON cannot say.</summary>
internal sealed class Quoting(JsRealm realm)
{
    internal string Quote(JsValue value)
    {
        if (value is JsString plain && !plain.ToString().StartsWith('['))
        {
            return SmallcapsText.QuoteJson(plain.ToString());
        }

        var seen = new HashSet<ObjectInstance>(ReferenceEqualityComparer.Instance);
        try
        {
            return realm.Stringify(value, realm.Function("replacer", 2, (_, arguments) => Replace(arguments[1], seen)));
        }
        catch (Jint.Runtime.JavaScriptException)
        {
            return "[Something that failed to stringify]";
        }
    }

    internal static string Quote(string text) => SmallcapsText.QuoteJson(text.StartsWith('[') ? $"[{text}]" : text);

    private JsValue Replace(JsValue value, HashSet<ObjectInstance> seen)
    {
        switch (value)
        {
            case JsString text:
                return text.ToString().StartsWith('[') ? $"[{text}]" : value;
            case JsSymbol or JsBigInt:
                return value is JsBigInt ? $"[{value}n]" : $"[{value}]";
            case ObjectInstance function when function.IsCallable():
                return $"[Function {NonEmpty(function.Get("name"))}]";
            case ObjectInstance instance:
                return seen.Add(instance) ? ReplaceObject(instance) : "[Seen]";
        }

        if (value.IsUndefined())
        {
            return "[undefined]";
        }

        return value.IsNumber() && !double.IsFinite(value.AsNumber()) ? $"[{value}]" : value;
    }

    private JsValue ReplaceObject(ObjectInstance instance)
    {
        if (realm.IsError(instance))
        {
            return $"[{instance.Get("name")}: {instance.Get("message")}]";
        }

        if (realm.IsImmutableBuffer(instance) && !instance.HasOwnProperty(realm.ToStringTag))
        {
            return "[ImmutableArrayBuffer]";
        }

        if (instance.HasProperty(realm.ToStringTag))
        {
            return $"[{instance.Get(realm.ToStringTag)}]";
        }

        if (realm.IsArray(instance))
        {
            return instance;
        }

        List<string> names = [];
        foreach (JsValue key in instance.GetOwnPropertyKeys(Jint.Runtime.Types.String))
        {
            if (instance.GetOwnProperty(key).Enumerable)
            {
                names.Add(key.ToString());
            }
        }

        List<string> sorted = [.. names];
        sorted.Sort(StringComparer.Ordinal);
        if (names.SequenceEqual(sorted, StringComparer.Ordinal))
        {
            return instance;
        }

        var copy = new JsObject(realm.Engine);
        foreach (string name in sorted)
        {
            copy.CreateDataProperty(name, instance.Get(name));
        }

        return copy;
    }

    private static string NonEmpty(JsValue name) => name is JsString text && text.Length > 0 ? text.ToString() : "<anon>";
}
