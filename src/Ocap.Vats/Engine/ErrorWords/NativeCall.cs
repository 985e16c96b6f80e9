using Acornima.Ast;
using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>A call of a built-in function as the program has it, also through <c>call</c> and <c>apply</c>.</summary>
/// <param name="Owner">What it is a property of, by its last name: <c>Array</c> of <c>Array.from</c> and of <c>Array.prototype.map.call</c>; empty when that is no name.</param>
/// <param name="Method">Its own name.</param>
/// <param name="This">What it works on; null when that is nothing.</param>
/// <param name="Arguments">What it is given.</param>
/// <param name="Callee">As it is called.</param>
internal sealed record NativeCall(string Owner, string Method, Expression? This, IReadOnlyList<Expression> Arguments, Expression Callee)
{
    /// <summary>The one around a place.</summary>
    internal static NativeCall? At(ErrorSite site)
    {
        site.Settle();
        if (!site.Innermost<Expression>(out var found, static node => node is CallExpression or NewExpression)) return null;
        if (found is NewExpression construction) return new NativeCall(Name(construction.Callee), Name(construction.Callee), null, [.. construction.Arguments], construction.Callee);
        var call = (CallExpression)found;
        if (call.Callee is not MemberExpression member) return new NativeCall(Name(call.Callee), Name(call.Callee), null, [.. call.Arguments], call.Callee);
        return (member.Property as Identifier)?.Name switch
        {
            "call" when member.Object is MemberExpression method => new NativeCall(Name(method.Object), Name(method), call.Arguments.FirstOrDefault(), [.. call.Arguments.Skip(1)], call.Callee),
            "call" => new NativeCall(Name(member.Object), Name(member.Object), call.Arguments.FirstOrDefault(), [.. call.Arguments.Skip(1)], call.Callee),
            "apply" when member.Object is MemberExpression method => new NativeCall(Name(method.Object), Name(method), call.Arguments.FirstOrDefault(), [], call.Callee),
            _ => new NativeCall(Name(member.Object), Name(member), member.Object, [.. call.Arguments], call.Callee),
        };
    }

    /// <summary>An argument as V8 shows it; null when it is not known.</summary>
    internal string? Argument(ErrorSite site, int at) => at < Arguments.Count ? Show(site, Arguments[at]) : "undefined";

    /// <summary>What it works on, as V8 shows it.</summary>
    internal string Receiver(ErrorSite site) => This is null ? "undefined" : Show(site, This) ?? "[object Object]";

    /// <summary>A property of an argument that is an object, as V8 shows it.</summary>
    internal string? Member(ErrorSite site, int at, string name)
    {
        if (at >= Arguments.Count) return null;
        if (Arguments[at] is not ObjectExpression literal) return site.Glimpse.Of(Arguments[at]) is { } value && Glimpse.Property(value, name) is { } member ? Shown.Text(member) : null;
        var property = literal.Properties.OfType<Property>().FirstOrDefault(property => string.Equals(site.Glimpse.Key(property.Key, property.Computed)?.ToString(), name, StringComparison.Ordinal));
        return property?.Value is Expression expression ? Show(site, expression) : "undefined";
    }

    private static string? Show(ErrorSite site, Expression expression) => expression switch
    {
        ObjectExpression => "[object Object]",
        ArrayExpression => "[object Array]",
        NewExpression { Callee: Identifier { Name: "Map" or "Set" or "WeakMap" or "WeakSet" or "Promise" or "ArrayBuffer" or "DataView" or "Date" or "Error" or "RegExp" } type } => $"[object {type.Name}]",
        NewExpression => "[object Object]",
        _ => site.Glimpse.Of(expression) is { } value ? Shown.Text(value) : null,
    };

    private static string Name(Expression expression) => expression switch
    {
        Identifier identifier => identifier.Name,
        MemberExpression { Computed: false, Property: Identifier { Name: "prototype" } } member => Name(member.Object),
        MemberExpression { Computed: false, Property: Identifier property } => property.Name,
        ParenthesizedExpression inner => Name(inner.Expression),
        _ => "",
    };
}
