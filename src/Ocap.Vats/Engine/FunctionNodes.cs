using System.Runtime.CompilerServices;
using Acornima;
using Acornima.Ast;
using Jint;
using Ocap.Vats.ErrorWords;

namespace Ocap.Vats;

/// <summary>
/// What is done to the functions of every program before it runs, so that the engine runs them as the engines do that programs are written for.
/// <list type="bullet">
/// <item>No proper tail calls: recursion without end is a RangeError, where it would run until the crank's time is over, and every caller is in the stack trace.
/// The engine marks such calls when a function is first called; to a function that says it has been marked, it does nothing.</item>
/// <item>Arrow functions without braces get them: the engine makes JavaScript errors of some of its own failures (a sum of a bigint and a number, for one) only
/// where statements run. Without that, they would pass a promise by and reach the host, which ends the vat for them.</item>
/// <item>A property written as <c>"__proto__"</c> is the prototype: the engine knows it without quotes only.</item>
/// <item>What stands before an <c>await</c> or <c>yield</c> is evaluated once; see <see cref="KeptOperands"/>.</item>
/// </list>
/// </summary>
internal static class FunctionNodes
{
    private static readonly OnNodeHandler AsItIsParsed = Prepare;

    /// <summary>For a script, before it is run, and for all that it evaluates.</summary>
    /// <param name="script">The script.</param>
    /// <param name="text">The text that it was made of, whole.</param>
    /// <exception cref="InsufficientExecutionStackException">The script is nested too deeply.</exception>
    internal static void Adjust(Prepared<Script> script, string text)
    {
        new Adjuster(text).Visit(script.Program!);
        EngineInternals.OnNode(script.ParserOptions!, AsItIsParsed);
    }

    /// <summary>For texts that are evaluated while no script runs.</summary>
    internal static void Adjust(Jint.Engine engine) => EngineInternals.OnNode(EngineInternals.DefaultParser(engine).Options, AsItIsParsed);

    private static void Prepare(Node node, in OnNodeContext context)
    {
        if (node is IFunction function)
        {
            if (node is ArrowFunctionExpression arrow) Unfold(arrow);
            KeptOperands.Adjust(function);
            object state = EngineInternals.Prepare(null, function, context.Input);
            EngineInternals.TailCallsAreMarked(state) = 1;
            node.UserData = state;
        }
        else if (node is ObjectProperty property) Name(property);
        else if (node is IClass)
        {
            node.UserData = context.Input;
        }
        else if (node is Acornima.Ast.Program program)
        {
            EngineErrors.Learn(program);
        }
    }

    // {"__proto__": x} sets the prototype as {__proto__: x} does.
    private static void Name(ObjectProperty property)
    {
        if (property is { Computed: false, Shorthand: false, Method: false, Kind: PropertyKind.Init, Key: StringLiteral { Value: "__proto__" } key })
        {
            EngineInternals.Key(property) = new Identifier(key.Value) { Range = key.Range, Location = key.Location };
        }
    }

    // x => x + 1 becomes x => { return x + 1; }, at the same places. Its text stays.
    private static bool Unfold(ArrowFunctionExpression arrow)
    {
        if (arrow.Body is not Expression body || IsHarmless(body)) return false;
        var statement = new ReturnStatement(body) { Range = body.Range, Location = body.Location };
        EngineInternals.Body(arrow) = new FunctionBody(NodeList.From<Statement>(statement), strict: true) { Range = body.Range, Location = body.Location };
        return true;
    }

    private static bool IsHarmless(Expression body) => body switch
    {
        Identifier or ThisExpression or StringLiteral or NumericLiteral or BooleanLiteral or NullLiteral or IFunction => true,
        MemberExpression { Computed: false } member => IsHarmless(member.Object),
        _ => false,
    };

    private sealed class Adjuster(string text) : AstVisitor
    {
        public override object? Visit(Node node)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (node is IFunction function && node.UserData is { } state)
            {
                bool unfolded = node is ArrowFunctionExpression arrow && Unfold(arrow);
                if (KeptOperands.Adjust(function) || unfolded) node.UserData = state = EngineInternals.Prepare(null, function, text);
                EngineInternals.TailCallsAreMarked(state) = 1;
            }
            else if (node is ObjectProperty property) Name(property);
            return base.Visit(node);
        }
    }
}
