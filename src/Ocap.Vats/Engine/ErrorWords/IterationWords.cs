using Acornima;
using Acornima.Ast;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;

namespace Ocap.Vats.ErrorWords;

/// <summary>Iteration over what cannot be iterated, and destructuring of what has no properties.</summary>
internal static class IterationWords
{
    private const string Iterator = " is not iterable (cannot read property Symbol(Symbol.iterator))";
    private const string Nothing = "Cannot convert undefined or null to object";

    internal static string? Of(ErrorSite site, string message)
    {
        if (message.StartsWith("Iterator ", StringComparison.Ordinal) || message.StartsWith("iterator's ", StringComparison.Ordinal) || message.StartsWith("Result of ", StringComparison.Ordinal)) site.Settle();
        return Words(site, message);
    }

    private static string? Words(ErrorSite site, string message) => message switch
    {
        "The value is not iterable" or Nothing or "object is not iterable" or "Destructed parameter is null" or "Destructed parameter is null or undefined" => Found(site, message),
        "Value returned for property 'Symbol(Symbol.iterator)' of object is not a function" or "Value returned for property 'Symbol(Symbol.asyncIterator)' of object is not a function" => Found(site, message),
        "Iterator does not have a next method" when site.Innermost<SpreadElement>(out var spread) && site.Parent(spread) is ArrayExpression => Printed(spread.Argument),
        "Iterator does not have a next method" => "undefined is not a function",
        "Iterator does not have throw method" or "The iterator does not provide a throw method" => "The iterator does not provide a 'throw' method.",
        "Result of the Symbol.iterator method is not an object" when site.Innermost<ForOfStatement>(out var loop) && loop.Await => "Result of the Symbol.asyncIterator method is not an object",
        "iterator's value must be an object" when site.Innermost<Expression>(out var consumer, static node => node is CallExpression or NewExpression) => $"Iterator value {Entry(site, consumer)} is not an entry object",
        "Cannot call method on undefined" or "Cannot call method on null" when site.Innermost<CallExpression>(out var entries) && entries.Callee is MemberExpression { Property: Identifier { Name: "fromEntries" } } => message["Cannot call method on ".Length..] + " is not iterable",
        _ when message.EndsWith(" is not iterable", StringComparison.Ordinal) => Found(site, message),
        _ => null,
    };

    /// <summary>Whether what a call returns would be iterated.</summary>
    internal static bool IsIterated(ErrorSite site, CallExpression call) => site.Parent(call) switch
    {
        SpreadElement spread => site.Parent(spread) is ArrayExpression,
        ForOfStatement { Await: false } loop => ReferenceEquals(loop.Right, call),
        VariableDeclarator { Id: ArrayPattern } => true,
        _ => false,
    };

    private static string? Found(ErrorSite site, string message)
    {
        site.Settle();
        if (site.IsEntered || message.StartsWith("Destructed", StringComparison.Ordinal)) return DestructuringWords.Parameter(site);
        Node? inner = null;
        foreach (var node in site.Around)
        {
            switch (node)
            {
                case var _ when site.IsCompleted(node): break;
                case SpreadElement spread: return Spread(site, spread, message);
                case ForOfStatement loop when inner is not BlockStatement: return Loop(site, loop, message);
                case YieldExpression { Delegate: true, Argument: { } argument }: return Delegated(site, argument);
                case VariableDeclarator { Id: ArrayPattern or ObjectPattern, Init: not null } or AssignmentExpression { Operator: Operator.Assignment, Left: ArrayPattern or ObjectPattern }: return Pattern(site, node, message);
                case CallExpression call: return Consumed(site, message, call.Callee, call.Arguments);
                case NewExpression construction: return Consumed(site, message, construction.Callee, construction.Arguments);
                case CatchClause { Param: ObjectPattern or ArrayPattern } when inner is not BlockStatement: return Pattern(site, node, message);
            }
            if (node is Statement) break;
            inner = node;
        }
        return site.Around.FirstOrDefault() is { } place && ProgramTrees.First<Node>(place, node => IsOfNothing(site, node)) is { } within ? Pattern(site, within, message) : null;
    }

    private static bool IsOfNothing(ErrorSite site, Node node) => node switch
    {
        VariableDeclarator { Id: ArrayPattern or ObjectPattern, Init: { } init } => IsNothing(site, init),
        AssignmentExpression { Operator: Operator.Assignment, Left: ArrayPattern or ObjectPattern, Right: var right } => IsNothing(site, right),
        CatchClause { Param: ArrayPattern or ObjectPattern } => true,
        SpreadElement { Argument: var argument } => IsNothing(site, argument),
        _ => false,
    };

    private static bool IsNothing(ErrorSite site, Expression source) => source is not (ArrayExpression or ObjectExpression) ? site.Glimpse.Of(source) is null or JsUndefined or JsNull : true;

    private static string? Pattern(ErrorSite site, Node node, string message) => node switch
    {
        SpreadElement spread => Spread(site, spread, message),
        VariableDeclarator declarator => DestructuringWords.Of(site, declarator.Id, declarator.Init!, isDeclared: true),
        AssignmentExpression assignment => DestructuringWords.Of(site, assignment.Left, assignment.Right, isDeclared: false),
        _ => DestructuringWords.Unnamed(((CatchClause)node).Param!, ".catch"),
    };

    private static string Spread(ErrorSite site, SpreadElement spread, string message)
    {
        bool isArray = ProgramTrees.First<ArrayExpression>(site.Around.First(), array => array.Elements.Contains(spread)) is not null || site.Parent(spread) is ArrayExpression;
        if (isArray) return Printed(spread.Argument);
        var value = site.Glimpse.Of(spread.Argument);
        return value is JsUndefined or JsNull || (value is null && message is Nothing)
            ? $"{CallPrinter.Print(spread.Argument)} is not iterable (cannot read property {value ?? JsValue.Undefined})"
            : "Spread syntax requires ...iterable[Symbol.iterator] to be a function";
    }

    private static string Printed(Expression iterated) => iterated is CallExpression call
        ? $"{CallPrinter.Print(call.Callee)} is not a function or its return value is not iterable"
        : $"{CallPrinter.Print(iterated)} is not iterable";

    private static string Loop(ErrorSite site, ForOfStatement loop, string message)
    {
        var value = site.Glimpse.Of(loop.Right);
        if (loop.Await && message.StartsWith("Value returned", StringComparison.Ordinal)) return Shown.Kind(value is null ? null : Glimpse.Property(value, GlobalSymbolRegistry.AsyncIterator)) + " is not a function";
        if (loop.Await)
        {
            return value is JsUndefined or JsNull ? $"Cannot read properties of {value} (reading 'Symbol(Symbol.asyncIterator)')" : $"{CallPrinter.Print(loop.Right)} is not async iterable";
        }
        bool isPattern = loop.Left is VariableDeclaration { Declarations: [{ Id: ArrayPattern or ObjectPattern }] };
        return isPattern && (loop.Right is ArrayExpression || value is JsArray)
            ? DestructuringWords.Unnamed(((VariableDeclaration)loop.Left).Declarations[0].Id, ".for")
            : Printed(loop.Right);
    }

    private static string Delegated(ErrorSite site, Expression argument) => argument is Identifier or Literal
        ? Shown.Kind(site.Glimpse, argument) + Iterator
        : "yield* (intermediate value) is not iterable";

    // A built-in function that iterates over its argument.
    private static string? Consumed(ErrorSite site, string message, Expression callee, in NodeList<Expression> arguments)
    {
        string? name = callee switch
        {
            MemberExpression { Object: Identifier { Name: var owner }, Property: Identifier { Name: var method } } => $"{owner}.{method}",
            Identifier identifier => identifier.Name,
            _ => null,
        };
        if (message.StartsWith("Value returned", StringComparison.Ordinal))
        {
            return name switch
            {
                "Array.from" => "%Array%.from requires that the property of the first argument, items[Symbol.iterator], when exists, be a function",
                not null when name.EndsWith("Array", StringComparison.Ordinal) => "TypedArray's constructor requires that the property of the first argument, items[Symbol.iterator], when exists, be a function",
                _ => null,
            };
        }
        bool iterates = message is not Nothing || name is "Array.from" or "Promise.all" or "Promise.allSettled" or "Promise.any" or "Promise.race";
        return iterates ? Shown.Kind(site.Glimpse, arguments.FirstOrDefault()) + Iterator : null;
    }

    // The first thing that should have been a pair.
    private static string Entry(ErrorSite site, Expression consumer)
    {
        var source = (consumer is CallExpression call ? call.Arguments : ((NewExpression)consumer).Arguments).FirstOrDefault();
        if (source is ArrayExpression literal)
        {
            foreach (var element in literal.Elements)
            {
                if (site.Glimpse.Of(element) is { } value and not ObjectInstance) return Shown.Text(value);
            }
        }
        for (uint i = 0; site.Glimpse.Of(source) is JsArray array && i < array.Length; i++)
        {
            if (array[i] is not ObjectInstance) return Shown.Text(array[i]);
        }
        return "undefined";
    }
}
