using System.Runtime.CompilerServices;
using Acornima;
using Acornima.Ast;
using Jint;
using Ocap.Vats.ErrorWords;
using Ocap.Vats.Limits;

namespace Ocap.Vats;

/// <summary>
/// What is done to the functions of every program before it runs, so that the engine runs them as the engines do that programs are written for.
/// <list type="bullet">
/// <item>Arrow functions without braces get them: the engine makes JavaScript errors of some of its own failures (a sum of a bigint and a number, for one) only
/// where statements run. Without that, they would pass a promise by and reach the host, which ends the vat for them.</item>
/// <item>A property written as <c>"__proto__"</c> is the prototype: the engine knows it without quotes only.</item>
/// <item>What stands before an <c>await</c> or <c>yield</c> is evaluated once; see <see cref="KeptOperands"/>.</item>
/// <item>No head of a loop or class waits; see <see cref="WaitingHeads"/>.</item>
/// </list>
/// </summary>
internal static class FunctionNodes
{
    private static readonly OnNodeHandler AsItIsParsed = Prepare;
    private static readonly OnTokenHandler AsItIsRead = static (in Token _) => CrankBudget.CheckParser();

    /// <summary>For a script, before it is run, and for all that it evaluates.</summary>
    /// <param name="script">The script.</param>
    /// <exception cref="InsufficientExecutionStackException">The script is nested too deeply.</exception>
    internal static void Adjust(Prepared<Script> script)
    {
        new Adjuster().Visit(script.Program!);
        Attend(script.ParserOptions!);
    }

    /// <summary>For texts that are evaluated while no script runs.</summary>
    internal static void Adjust(Jint.Engine engine) => Attend(EngineInternals.DefaultParser(engine).Options);

    private static void Attend(ParserOptions options)
    {
        EngineInternals.OnNode(options, AsItIsParsed);
        EngineInternals.OnToken(options, AsItIsRead);
    }

    // In this order: what is awaited in the end is seen by those that look for what waits.
    private static void Change(Node node, IFunction function)
    {
        if (node is ArrowFunctionExpression arrow) Unfold(arrow);
        AwaitedReturns.Adjust(function);
        WaitingHeads.Adjust(function);
        KeptOperands.Adjust(function);
    }

    private static void Prepare(Node node, in OnNodeContext context)
    {
        if (node is IFunction function)
        {
            Change(node, function);
            node.UserData = EngineInternals.Prepare(null, function, context.Input);
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
    private static void Unfold(ArrowFunctionExpression arrow)
    {
        if (arrow.Body is not Expression body || IsHarmless(body)) return;
        var statement = new ReturnStatement(body) { Range = body.Range, Location = body.Location };
        EngineInternals.Body(arrow) = new FunctionBody(NodeList.From<Statement>(statement), strict: true) { Range = body.Range, Location = body.Location };
    }

    private static bool IsHarmless(Expression body) => body switch
    {
        Identifier or ThisExpression or StringLiteral or NumericLiteral or BooleanLiteral or NullLiteral or IFunction => true,
        MemberExpression { Computed: false } member => IsHarmless(member.Object),
        _ => false,
    };

    private sealed class Adjuster : AstVisitor
    {
        // What is nested deeper is looked at when it is parsed, and not where it is first called, which may be where the stack ends. Past 2 000 levels the engine
        // refuses it (build/engine).
        private const int LevelsForLater = 200;

        private int _level;
        private int _deepest;

        public override object? Visit(Node node)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            _deepest = Math.Max(_deepest, ++_level);
            if (node is IFunction function)
            {
                VisitFunction(node, function);
            }
            else
            {
                if (node is ObjectProperty property) Name(property);
                base.Visit(node);
            }
            _level--;
            return node;
        }

        private void VisitFunction(Node node, IFunction function)
        {
            Change(node, function);
            var outside = _deepest;
            _deepest = _level;
            base.Visit(node);
            if (_deepest - _level > LevelsForLater && node.UserData is string text) node.UserData = EngineInternals.Prepare(null, function, text);
            _deepest = Math.Max(_deepest, outside);
        }
    }
}
