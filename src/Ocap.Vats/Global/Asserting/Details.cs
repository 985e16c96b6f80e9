using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global.Asserting;

/// <summary>What <c>details`…`</c> makes: the literal parts and the values between them. Values that nobody quoted stay out of messages.</summary>
internal sealed class Details : ObjectInstance
{
    private readonly string[] _template;
    private readonly JsValue[] _values;

    internal Details(Jint.Engine engine, ObjectInstance prototype, string[] template, JsValue[] values) : base(engine)
    {
        Prototype = prototype;
        _template = template;
        _values = values;
        PreventExtensions();
    }

    /// <summary>The message that anybody may see: unquoted values appear as <c>(a string)</c>, <c>(an object)</c>, <c>(a TypeError)</c>.</summary>
    internal string Redacted() => Text(static value => value switch
    {
        Quoted quoted => quoted.Text,
        JsError error => $"({Quoting.WithArticle(TypeConverter.ToString(error.Get("name")))})",
        _ => $"({Quoting.WithArticle(Quoting.TypeOf(value))})",
    });

    /// <summary>The message with every value spelled out, for the log only.</summary>
    internal string Full(Quoting quoting) => Text(value => value is Quoted quoted ? quoted.Text : quoting.Stringify(value, JsValue.Undefined));

    internal bool HidesSomething => _values.Any(static value => value is not Quoted);

    private string Text(Func<JsValue, string> spell)
    {
        var text = new StringBuilder(_template.Length > 0 ? _template[0] : "");
        for (var i = 0; i < _values.Length; i++)
        {
            text.Append(spell(_values[i]));
            if (i + 1 < _template.Length) text.Append(_template[i + 1]);
        }
        return text.ToString();
    }

    internal static string[] Template(JsValue template)
    {
        // Without a tag's parts a text is taken apart, and its first character is the template's only one.
        if (template is JsString text) return [text.Length > 0 ? text[0].ToString() : "undefined"];
        if (template is not ObjectInstance parts) return [TypeConverter.ToString(template)];
        var length = TypeConverter.ToInt32(parts.Get("length"));
        var texts = new string[Math.Max(length, 0)];
        for (var i = 0; i < texts.Length; i++) texts[i] = TypeConverter.ToString(parts.Get(i));
        return texts;
    }
}

/// <summary>What <c>quote(x)</c> and <c>bare(text)</c> make: a value that may appear in messages, and how.</summary>
internal sealed class Quoted : ObjectInstance
{
    internal Quoted(Jint.Engine engine, string text) : base(engine)
    {
        Prototype = engine.Intrinsics.Object.Object("prototype");
        Text = text;
        var toString = Natives.Function(engine, "toString", 0, (_, _) => text);
        FreezeFunction(toString);
        this.Define("toString", new PropertyDescriptor(toString, PropertyFlag.OnlyEnumerable));
        PreventExtensions();
    }

    internal string Text { get; }

    private static void FreezeFunction(ObjectInstance function)
    {
        function.PreventExtensions();
        foreach (var key in function.GetOwnPropertyKeys()) function.Define(key, new PropertyDescriptor { Configurable = false, Writable = false });
    }
}
