using Acornima.Ast;
using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>Patterns whose value has nothing that they ask for.</summary>
internal static class DestructuringWords
{
    private const string Iterator = " is not iterable (cannot read property Symbol(Symbol.iterator))";

    /// <summary>A declaration's or an assignment's.</summary>
    internal static string? Of(ErrorSite site, Node pattern, Expression source, bool isDeclared)
    {
        var value = site.Glimpse.Of(source);
        if (value is not (null or JsUndefined or JsNull) && Inner(site, pattern, value) is { } inner) return inner;
        if (value is null && source is ObjectExpression or ArrayExpression && HasInner(pattern)) return InLiteral(site, pattern, source);
        if (pattern is not ArrayPattern) return Unread((ObjectPattern)pattern, CallPrinter.Print(source), value);
        if (!isDeclared) return Shown.Kind(site.Glimpse, source) + Iterator;
        return source switch
        {
            MemberExpression when value is JsUndefined => JsValue.Undefined + Iterator,
            CallExpression call => $"{CallPrinter.Print(call.Callee)} is not a function or its return value is not iterable",
            _ => $"{CallPrinter.Print(source)} is not iterable",
        };
    }

    /// <summary>One whose value has no expression.</summary>
    internal static string Unnamed(Node pattern, string source) => pattern is ArrayPattern ? $"{source} is not iterable" : Unread((ObjectPattern)pattern, source, null)!;

    /// <summary>A parameter's, of a function that is called where the error was thrown.</summary>
    internal static string? Parameter(ErrorSite site)
    {
        if (site.Function is not { } function) return null;
        var arguments = Arguments(site);
        for (int i = 0; i < function.Params.Count; i++)
        {
            var pattern = function.Params[i];
            var value = i < arguments.Count ? site.Glimpse.Of(arguments[i]) : JsValue.Undefined;
            if (value is null && arguments[i] is not (ObjectExpression or ArrayExpression)) value = JsValue.Undefined;
            if (pattern is AssignmentPattern defaulted && value is JsUndefined) (pattern, value) = (defaulted.Left, site.Glimpse.Of(defaulted.Right));
            if (pattern is ArrayPattern && value is not (null or JsString or JsArray)) return Shown.Kind(value) + Iterator;
            if (pattern is ArrayPattern && value is null && arguments.ElementAtOrDefault(i) is { } unknown && unknown is not ArrayExpression) return Shown.Kind(site.Glimpse, unknown) + Iterator;
            if (pattern is not ObjectPattern members) continue;
            if (value is JsUndefined or JsNull) return Unread(members, Shown.Kind(value), value);
            if (value is not null && Inner(site, members, value) is { } deeper) return deeper;
            if (value is null && arguments.ElementAtOrDefault(i) is ObjectExpression literal && HasInner(members)) return InLiteral(site, members, literal);
        }
        return "Cannot destructure 'undefined' as it is undefined.";
    }

    // What no expression calls, as a promise's reaction, is given what is not known here.
    private static NodeList<Expression> Arguments(ErrorSite site) =>
        !site.IsEntered ? default
        : site.Innermost<CallExpression>(out var call) ? call.Arguments
        : site.Innermost<NewExpression>(out var construction) ? construction.Arguments
        : default;

    private static string? Unread(ObjectPattern pattern, string source, JsValue? value)
    {
        string nothing = value is JsNull ? "null" : "undefined";
        if (pattern.Properties.FirstOrDefault() is not AssignmentProperty { Computed: false } first) return $"Cannot destructure '{source}' as it is {nothing}.";
        string name = Name(first);
        return first.Value is AssignmentPattern ? $"Cannot read properties of {nothing} (reading '{name}')" : $"Cannot destructure property '{name}' of '{source}' as it is {nothing}.";
    }

    private static string Name(AssignmentProperty property) => property.Key switch
    {
        Identifier identifier => identifier.Name,
        StringLiteral literal => literal.Value,
        NumericLiteral number => JsNumber.Create(number.Value).ToString(),
        _ => "",
    };

    private static bool HasInner(Node pattern) => Inside(pattern).Any();

    private static IEnumerable<(JsString Key, Node Pattern)> Inside(Node pattern)
    {
        if (pattern is ObjectPattern members)
        {
            foreach (var member in members.Properties)
            {
                if (member is AssignmentProperty { Computed: false, Value: ObjectPattern or ArrayPattern } property) yield return (new JsString(Name(property)), property.Value);
            }
        }
        else if (pattern is ArrayPattern { Elements: var elements })
        {
            for (int i = 0; i < elements.Count; i++)
            {
                if (elements[i] is ObjectPattern or ArrayPattern) yield return (new JsString(i.ToString(System.Globalization.CultureInfo.InvariantCulture)), elements[i]!);
            }
        }
    }

    // The first pattern within a pattern whose value has nothing to read.
    private static string? Inner(ErrorSite site, Node pattern, JsValue value)
    {
        foreach (var (key, inner) in Inside(pattern))
        {
            if (Glimpse.Property(value, key) is not { } part) continue;
            if (part is JsUndefined or JsNull) return Deep(inner, part);
            if (inner is ArrayPattern && part is not (Jint.Native.Object.ObjectInstance or JsString)) return Shown.Kind(part) + Iterator;
            if (Inner(site, inner, part) is { } deeper) return deeper;
        }
        return null;
    }

    private static string InLiteral(ErrorSite site, Node pattern, Expression source)
    {
        foreach (var (key, inner) in Inside(pattern))
        {
            Node? part = source switch
            {
                ObjectExpression literal => literal.Properties.OfType<Property>().FirstOrDefault(property => string.Equals(site.Glimpse.Key(property.Key, property.Computed)?.ToString(), key.ToString(), StringComparison.Ordinal))?.Value,
                ArrayExpression array => array.Elements.ElementAtOrDefault(int.Parse(key.ToString(), System.Globalization.CultureInfo.InvariantCulture)),
                _ => null,
            };
            if (part is ObjectExpression or ArrayExpression && HasInner(inner)) return InLiteral(site, inner, (Expression)part);
            var value = part is null ? JsValue.Undefined : site.Glimpse.Of(part);
            if (inner is ArrayPattern && value is not (JsUndefined or JsNull) && source is ObjectExpression) return CallPrinter.Print(source) + Iterator;
            if (inner is ArrayPattern && source is ObjectExpression) return $"Cannot destructure property 'Symbol(Symbol.iterator)' of '{CallPrinter.Print(source)}' as it is {value}.";
            if (value is JsUndefined or JsNull) return Deep(inner, value);
            if (inner is ArrayPattern) return Shown.Kind(value) + Iterator;
        }
        return "Cannot destructure 'undefined' as it is undefined.";
    }

    private static string Deep(Node pattern, JsValue nothing) => pattern switch
    {
        ArrayPattern => nothing + Iterator,
        ObjectPattern { Properties: [AssignmentProperty { Computed: false } first, ..] } => $"Cannot read properties of {nothing} (reading '{Name(first)}')",
        _ => $"Cannot destructure '{nothing}' as it is {nothing}.",
    };
}
