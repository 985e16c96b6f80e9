using Jint.Native;
using Jint.Runtime;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;
using SmallcapsText = Ocap.Marshal.SmallcapsText;

namespace Ocap.Vats.Kinds;

/// <summary>The name that vat code gives a kind. It should be text; what else it gives is stored as JSON says it, and read as text.</summary>
/// <param name="Text">As interfaces and messages have it.</param>
/// <param name="Property">As a property of a stored descriptor that has others before it; empty when JSON cannot say it.</param>
internal sealed record KindTag(string Text, string Property)
{
    /// <exception cref="JavaScriptException">Neither JSON nor text can say it.</exception>
    internal static KindTag Of(VatHeap heap, JsValue tag)
    {
        string? json = tag is JsString text ? SmallcapsText.QuoteJson(text.ToString()) : heap.Realm.StringifyOrNull(tag);
        return new KindTag(tag is JsSymbol ? "" : TypeConverter.ToString(tag), json is null ? "" : $",\"tag\":{json}");
    }

    internal static KindTag Read(JsonTree? tag) => tag switch
    {
        null => new("undefined", ""),
        JsonTree.Text text => new(text.Value, $",\"tag\":{SmallcapsText.QuoteJson(text.Value)}"),
        JsonTree.Number number => Of(TypeConverter.ToString(JsNumber.Create(number.Value))),
        JsonTree.Bool flag => Of(flag.Value ? "true" : "false"),
        JsonTree.Null => Of("null"),
        _ => Of("{}"),
    };

    private static KindTag Of(string json) => new(json, $",\"tag\":{json}");
}
