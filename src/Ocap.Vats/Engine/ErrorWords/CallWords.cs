using Acornima.Ast;
using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>Calls of what is no function, and constructions with what is no constructor.</summary>
internal static class CallWords
{
    private const string NotFunction = " is not a function";

    internal static string? Of(ErrorSite site, string message)
    {
        if (message.Between("Property '", "' of object is not a function") is { } name) return NotCallable(site, name);
        if (!IsAboutCall(message)) return null;
        site.Settle();
        switch (message)
        {
            case "Argument must be callable" when site.Innermost<TaggedTemplateExpression>(out var template): return CallPrinter.Print(template.Tag) + NotFunction;
            case "Argument must be callable" or "mapperFunction is not a function" or "mapfn is not a function" or "mapFn is not a function": return Argument(site, message);
            case "The comparison function must be either a function or undefined" when site.Innermost<CallExpression>(out var call):
                return $"{message}: {Shown.Text(site.Glimpse.Of(call.Arguments.ElementAtOrDefault(IsThroughCall(call) ? 1 : 0)))}";
            case "super class is not a constructor" when Heritage(site) is { } heritage: return $"Class extends value {Shown.Text(site.Glimpse.Of(heritage))} is not a constructor or null";
            case "cannot resolve super class prototype chain" when Heritage(site) is { } heritage:
                return $"Class extends value does not have valid prototype property {Shown.Text(site.Glimpse.Of(heritage) is { } parent ? Glimpse.Property(parent, "prototype") : null)}";
            case "Not a constructor": return "Super constructor null of anonymous class is not a constructor";
            case "'this' has already been bound": return "Super constructor may only be called once";
        }
        if (message.Between("", " is not a constructor") is not null) return NotConstructor(site, message);
        if (message.EndsWith(NotFunction, StringComparison.Ordinal) && site.Innermost<CallExpression>(out var unnamed, static call => call.Callee is not (Identifier or MemberExpression))) return Called(site, unnamed);
        return null;
    }

    private static string NotCallable(ErrorSite site, string name)
    {
        if (site.Innermost<CallExpression>(out var call, call => IsNamed(site, call.Callee, name))) return Called(site, call);
        site.Settle();
        return site.Nearest(out call, call => IsNamed(site, call.Callee, name)) ? Called(site, call) : name + NotFunction;
    }

    private static bool IsAboutCall(string message) => message.EndsWith(NotFunction, StringComparison.Ordinal) || message.Contains("constructor", StringComparison.Ordinal)
        || message is "Argument must be callable" or "The comparison function must be either a function or undefined" or "cannot resolve super class prototype chain" or "'this' has already been bound";

    private static string Called(ErrorSite site, CallExpression call) =>
        CallPrinter.Print(call.Callee) + (IterationWords.IsIterated(site, call) ? " is not a function or its return value is not iterable" : NotFunction);

    private static bool IsNamed(ErrorSite site, Expression callee, string name) => callee switch
    {
        Identifier identifier => string.Equals(identifier.Name, name, StringComparison.Ordinal),
        MemberExpression member => site.Glimpse.Key(member.Property, member.Computed) is { } key ? string.Equals(key.ToString(), name, StringComparison.Ordinal) : member.Computed,
        ChainExpression chain => IsNamed(site, chain.Expression, name),
        ParenthesizedExpression inner => IsNamed(site, inner.Expression, name),
        _ => false,
    };

    // The argument of a built-in function that has to be a function itself: the first one, or the second if the first is what the function works on.
    private static string? Argument(ErrorSite site, string message)
    {
        if (!site.Innermost<CallExpression>(out var call) || NativeCall.At(site) is not { } native) return null;
        if (message is "Argument must be callable" && native.Method is "flatMap") return "Iterator.prototype.flatMap" + NotFunction;
        if (native.Method is "groupBy" && native.Argument(site, 1) is { } key) return key + NotFunction;
        if (native.Method is "map" && IsTyped(site, native.This) && native.Argument(site, 0) is { } mapper) return mapper + NotFunction;
        int at = native.Method is "from" or "fromAsync" or "groupBy" ? 1 : 0;
        return Shown.Kind(site.Glimpse, call.Arguments.ElementAtOrDefault(IsThroughCall(call) ? at + 1 : at)) + NotFunction;
    }

    // Array.prototype.map.call(list, f): its first argument is what map works on.
    private static bool IsThroughCall(CallExpression call) => call.Callee is MemberExpression { Computed: false, Object: MemberExpression, Property: Identifier { Name: "call" } };

    private static bool IsTyped(ErrorSite site, Expression? target) => target is NewExpression { Callee: Identifier { Name: not "Array" and var name } }
        ? name.EndsWith("Array", StringComparison.Ordinal)
        : site.Glimpse.Of(target) is JsTypedArray;

    private static string? NotConstructor(ErrorSite site, string message)
    {
        if (site.Innermost<NewExpression>(out var construction)) return CallPrinter.Print(construction.Callee) + " is not a constructor";
        if (site.Innermost<CallExpression>(out var call, static call => call.Callee is MemberExpression { Computed: false, Property: Identifier { Name: "construct" } }))
        {
            Expression? wrong = call.Arguments.Count > 2 && message.StartsWith("Object", StringComparison.Ordinal) ? call.Arguments[2] : call.Arguments.FirstOrDefault();
            if (site.Glimpse.Of(wrong) is { } value) return Shown.Text(value) + " is not a constructor";
        }
        return null;
    }

    private static Expression? Heritage(ErrorSite site)
    {
        foreach (var node in site.Around)
        {
            if (node is IClass { SuperClass: { } heritage }) return heritage;
        }
        return null;
    }
}
