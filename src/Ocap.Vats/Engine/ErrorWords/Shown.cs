using Acornima.Ast;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Native.Symbol;

namespace Ocap.Vats.ErrorWords;

/// <summary>How V8 writes a value into an error's message, without running code for it.</summary>
internal static class Shown
{
    /// <summary>As <c>String(value)</c> would have it, were no code of programs involved.</summary>
    internal static string Text(JsValue? value) => value switch
    {
        null => "[object Object]",
        Function function => Shortened(function.ToString()),
        JsError error when error.GetOwnProperty("message").Value is JsString { Length: > 0 } message => message.ToString(),
        ObjectInstance target => $"[object {Tag(target)}]",
        _ => value.ToString(),
    };

    /// <summary>The kind of a value, and the value itself if it is short: <c>number 7</c>.</summary>
    internal static string Kind(JsValue? value) => value switch
    {
        null => "object",
        JsString text => $"string \"{text}\"",
        JsNull => "object null",
        JsUndefined => "undefined",
        JsNumber => $"number {value}",
        JsBoolean => $"boolean {value}",
        JsSymbol => "symbol",
        JsBigInt => "bigint",
        Function => "function",
        _ => "object",
    };

    /// <summary>The same for an expression whose value may not be known.</summary>
    internal static string Kind(Glimpse glimpse, Node? expression) => expression switch
    {
        null => "undefined",
        IFunction or IClass => "function",
        ObjectExpression or ArrayExpression or NewExpression or RegExpLiteral => "object",
        _ => glimpse.Of(expression) is { } value ? Kind(value) : "object",
    };

    private static string Tag(ObjectInstance target)
    {
        if (Glimpse.Property(target, GlobalSymbolRegistry.ToStringTag) is JsString tag) return tag.ToString();
        return target switch
        {
            JsError => "Error",
            JsDate => "Date",
            JsRegExp => "RegExp",
            _ => target is ArrayInstance ? "Array" : "Object",
        };
    }

    private static string Shortened(string source) => source.Length > 128 ? $"{source.AsSpan(0, 111)}...<omitted>...{source.AsSpan(source.Length - 2)}" : source;
}
