using Acornima;
using Acornima.Ast;
using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>Values that cannot be what an operator or a built-in function needs.</summary>
internal static class ValueWords
{
    internal static string? Of(ErrorSite site, string message, JsError? error)
    {
        if (message.Length == 0 || message.StartsWith("Cannot convert a ", StringComparison.Ordinal) || message.StartsWith("Value returned ", StringComparison.Ordinal) || message is "Invalid index") site.Settle();
        if (message.Length == 0 && error is not null) return Unsaid(site, error);
        if (message.Between("Cannot convert a ", " to a BigInt") is { } type) return ToBigInt(site, type);
        if (message.Between("Value returned for property '", "' of object is not a function") is { } method) return Method(site, method);
        return message switch
        {
            "Invalid index" when site.Innermost<CallExpression>(out var call) && call.Callee is MemberExpression { Property: Identifier { Name: "asIntN" or "asUintN" } } => "Invalid value: not (convertible to) a safe integer",
            _ => null,
        };
    }

    // The engine has no words at all for these.
    private static string? Unsaid(ErrorSite site, JsError error)
    {
        string name = error.Get("name").ToString();
        if (name is "RangeError" && site.Innermost<AssignmentExpression>(out var assignment, static assignment => assignment.Left is MemberExpression { Property: Identifier { Name: "length" } })) return "Invalid array length";
        if (name is not "TypeError") return null;
        if (NativeCall.At(site) is { } call)
        {
            if (call.Method is "next" && call.Callee is MemberExpression { Object: MemberExpression }) return $"Method Array Iterator.prototype.next called on incompatible receiver {call.Receiver(site)}";
            if (call.Method is "push" or "unshift" or "splice") return call.This is not null && site.Glimpse.Of(call.This) is JsArray array ? $"Cannot add property {array.Length}, object is not extensible" : "Cannot add property 0, object is not extensible";
        }
        return site.Innermost<NewExpression>(out _) || site.Outward.Any(static node => node is MethodDefinition { Kind: PropertyKind.Constructor }) ? "Derived constructors may only return object or undefined" : "Cannot convert object to primitive value";
    }

    private static string? ToBigInt(ErrorSite site, string type)
    {
        if (site.Innermost<NewExpression>(out var construction, static node => node.Callee is Identifier { Name: "BigInt" })) return "BigInt is not a constructor";
        if (type is "Undefined") return "Cannot convert undefined to a BigInt";
        if (type is "Null") return "Cannot convert null to a BigInt";
        if (!site.Innermost<CallExpression>(out var call)) return null;
        var argument = call.Arguments.ElementAtOrDefault(call.Callee is MemberExpression { Property: Identifier { Name: "asIntN" or "asUintN" or "setBigInt64" or "setBigUint64" } } ? 1 : 0);
        return site.Glimpse.Of(argument) is { } value ? $"Cannot convert {Shown.Text(value)} to a BigInt" : null;
    }

    // A method under a well-known symbol that is none.
    private static string? Method(ErrorSite site, string symbol)
    {
        if (!site.Innermost<BinaryExpression>(out var binary)) return null;
        foreach (var side in (ReadOnlySpan<Expression>)[binary.Right, binary.Left])
        {
            if (side is ObjectExpression literal)
            {
                foreach (var node in literal.Properties)
                {
                    if (node is Property { Computed: true } property && site.Glimpse.Key(property.Key, true) is { } key && string.Equals(key.ToString(), symbol, StringComparison.Ordinal)) return Shown.Kind(site.Glimpse, property.Value) + " is not a function";
                }
            }
            if (site.Glimpse.Of(side) is { } value && WriteWords.Key(value, symbol) is JsSymbol known && Glimpse.Property(value, known) is { } found) return Shown.Kind(found) + " is not a function";
        }
        return null;
    }
}
