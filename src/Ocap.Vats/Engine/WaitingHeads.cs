using System.Globalization;
using Acornima;
using Acornima.Ast;

namespace Ocap.Vats;

/// <summary>
/// Functions that wait in the head of a statement. The engine takes a statement up again at its beginning when it goes on: after <c>for (const x of await list())</c>
/// an outer <c>x</c> was taken for the loop's, the body of <c>while (yield n)</c> had begun before the answer came, and all that stood before
/// <c>class B extends (await base())</c> in its block was done twice. So such functions are changed, before they run, to
/// <code>
/// const %head1 = await list(); for (const x of %head1) …
/// for (; yield n;) …
/// const %head2 = await base(); class B extends %head2 …
/// for (const %head3 of list) { using x = %head3; … }
/// { using x = open(); for (;;) … }
/// </code>
/// with names that no program can have (the last two because what a loop's head was using was let go of at the first <c>await</c> in the body). See <see cref="KeptOperands"/> for what waits within expressions.
/// </summary>
internal sealed class WaitingHeads
{
    private int _names;

    private WaitingHeads()
    {
    }

    /// <summary>Changes a function that has just been parsed, if it has to be.</summary>
    /// <param name="function">A function's node, whole.</param>
    internal static void Adjust(IFunction function)
    {
        if ((function.Async || function.Generator) && function.Body is FunctionBody body) new WaitingHeads().Block(body);
    }

    /// <summary>What was written, where a name stands for it now.</summary>
    internal static Expression Written(Expression expression) => expression is Identifier { UserData: Expression written } ? written : expression;

    private void Block(BlockStatement block)
    {
        if (List(block.Body) is not { } changed) return;
        EngineInternals.Statements(block) = changed;
        // What the engine has worked out about the block when it was parsed.
        if (block is NestedBlockStatement) block.UserData = null;
    }

    // The statements as they are to be; null when nothing changes.
    private NodeList<Statement>? List(in NodeList<Statement> statements)
    {
        List<Statement>? changed = null;
        for (int i = 0; i < statements.Count; i++)
        {
            Statement statement = statements[i];
            Within(statement);
            Statement[] now = Taken(statement);
            if (changed is null && (now.Length > 1 || !ReferenceEquals(now[0], statement))) changed = [.. statements.Take(i)];
            changed?.AddRange(now);
        }

        return changed is null ? null : NodeList.From((IEnumerable<Statement>)changed);
    }

    private void Single(Statement? statement, Action<Statement> replace)
    {
        if (statement is null) return;
        Within(statement);
        Statement[] now = Taken(statement);
        if (now.Length > 1) replace(Together(statement, now));
        else if (!ReferenceEquals(now[0], statement)) replace(now[0]);
    }

    private void Within(Statement statement)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (statement)
        {
            case BlockStatement block:
                Block(block);
                break;
            case IfStatement choice:
                Single(choice.Consequent, now => EngineInternals.Consequent(choice) = now);
                Single(choice.Alternate, now => EngineInternals.Alternate(choice) = now);
                break;
            case LabeledStatement labeled:
                // Its own statement is taken with it.
                Within(labeled.Body);
                break;
            case ForStatement loop:
                Single(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case ForOfStatement loop:
                Single(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case ForInStatement loop:
                Single(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case WhileStatement loop:
                Single(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case DoWhileStatement loop:
                Single(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case TryStatement attempt:
                Block(attempt.Block);
                if (attempt.Handler is { } handler) Block(handler.Body);
                if (attempt.Finalizer is { } finalizer) Block(finalizer);
                break;
            case SwitchStatement choice:
                foreach (SwitchCase each in choice.Cases)
                {
                    if (List(each.Consequent) is { } changed) EngineInternals.Statements(each) = changed;
                }

                break;
        }
    }

    /// <summary>The statement without what waits in its head, behind the declaration of that.</summary>
    private Statement[] Taken(Statement statement)
    {
        LabeledStatement? label = null;
        Statement inner = statement;
        for (; inner is LabeledStatement outer; inner = outer.Body) label = outer;
        switch (inner)
        {
            case ForOfStatement { Left: VariableDeclaration { Kind: VariableDeclarationKind.Using or VariableDeclarationKind.AwaitUsing } used } loop:
                Use(loop, used);
                return Taken(statement);
            case ForStatement { Init: VariableDeclaration { Kind: VariableDeclarationKind.Using or VariableDeclarationKind.AwaitUsing } used } loop:
                EngineInternals.Init(loop) = null;
                return [Together(loop, used, statement)];
            case ForOfStatement loop when Waiting.Is(loop.Right):
                return [Declared(loop.Right, name => EngineInternals.Right(loop) = name), statement];
            case ForInStatement loop when Waiting.Is(loop.Right):
                return [Declared(loop.Right, name => EngineInternals.Right(loop) = name), statement];
            case ClassDeclaration { SuperClass: { } super } declared when Waiting.Is(super):
                return [Declared(super, name => EngineInternals.SuperClass(declared) = name), statement];
            case VariableDeclaration { Declarations: [{ Init: ClassExpression { SuperClass: { } super } made }] } when Waiting.Is(super):
                return [Declared(super, name => EngineInternals.SuperClass(made) = name), statement];
            case WhileStatement loop when Waiting.Is(loop.Test):
                ForStatement same = new(null, loop.Test, null, loop.Body) { Range = loop.Range, Location = loop.Location };
                EngineInternals.Label(same) = loop.LabelSet;
                if (label is null) return [same];
                EngineInternals.Body(label) = same;
                return [statement];
            default:
                return [statement];
        }
    }

    // Each time round, the name is of the body's own.
    private void Use(ForOfStatement loop, VariableDeclaration used)
    {
        Identifier name = Name(used);
        EngineInternals.Left(loop) = new VariableDeclaration(VariableDeclarationKind.Const, NodeList.From(new VariableDeclarator(name, null) { Range = used.Range, Location = used.Location }))
        {
            Range = used.Range,
            Location = used.Location,
        };
        EngineInternals.Initial(used.Declarations[0]) = new Identifier(name.Name) { Range = used.Range, Location = used.Location };
        EngineInternals.Body(loop) = Together(loop.Body, used, loop.Body);
    }

    private static NestedBlockStatement Together(Statement written, params Statement[] statements) =>
        new(NodeList.From((IEnumerable<Statement>)statements)) { Range = written.Range, Location = written.Location };

    private Identifier Name(Node written) =>
        new("%head" + (++_names).ToString(CultureInfo.InvariantCulture)) { Range = written.Range, Location = written.Location };

    private VariableDeclaration Declared(Expression value, Action<Identifier> replace)
    {
        Identifier name = Name(value);
        replace(new Identifier(name.Name) { Range = value.Range, Location = value.Location, UserData = value });
        var declarator = new VariableDeclarator(name, value) { Range = value.Range, Location = value.Location };
        return new VariableDeclaration(VariableDeclarationKind.Const, NodeList.From(declarator)) { Range = value.Range, Location = value.Location };
    }

    /// <summary>Whether an expression waits, apart from the functions in it.</summary>
    private sealed class Waiting : AstVisitor
    {
        private bool _found;

        internal static bool Is(Expression expression)
        {
            var waiting = new Waiting();
            waiting.Visit(expression);
            return waiting._found;
        }

        public override object? Visit(Node node)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            _found |= node is AwaitExpression or YieldExpression;
            return _found || node is IFunction ? node : base.Visit(node);
        }
    }
}
