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
/// for (const %head3 of list) { const { x = await y } = %head3; … }
/// catch (%head4) { let { x = await y } = %head4; { … } }
/// for (const %head5 of list) { using x = %head5; … }
/// { using x = open(); for (;;) … }
/// try { for await (const x of list) try { … } catch (e) { %head7 = true; %head8 = e; break; } } catch (e) { throw %head7 ? %head8 : e; }
/// const %head6 = await which; switch (%head6) …
/// </code>
/// with names that no program can have (those with <c>using</c> because what a loop's head was using was let go of at the first <c>await</c> in the body; <c>for await</c>
/// because a loop that is left by a throw did not wait for its iterator's <c>return</c>, as one that is left by a break does). See
/// <see cref="KeptOperands"/> for what waits within expressions, <see cref="WaitingPatterns"/> for patterns. A head that names what it is the head of stays: the name has no value there.
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

    // A loop's body that waits gets braces: where there is a list of statements, a generator that is made to return leaves it as by a statement (build/engine).
    private void Body(Statement body, Action<Statement> replace)
    {
        if (body is not BlockStatement && Waits(body)) replace(body = Together(body, body));
        Single(body, replace);
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
                Body(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case ForOfStatement loop:
                Body(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case ForInStatement loop:
                Body(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case WhileStatement loop:
                Body(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case DoWhileStatement loop:
                Body(loop.Body, now => EngineInternals.Body(loop) = now);
                break;
            case TryStatement attempt:
                Block(attempt.Block);
                if (attempt.Handler is { } handler) Catch(handler);
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
            case ForOfStatement { Left: VariableDeclaration { Kind: VariableDeclarationKind.Using or VariableDeclarationKind.AwaitUsing } used } loop when !HeadMention.Of(used, loop.Right):
                Use(loop, used);
                return Taken(statement);
            case ForStatement { Init: VariableDeclaration { Kind: VariableDeclarationKind.Using or VariableDeclarationKind.AwaitUsing } used } loop:
                EngineInternals.Init(loop) = null;
                return [Together(loop, used, statement)];
            case ForOfStatement { Left: not Identifier } loop when Waits(loop.Left) || (loop.Await && TakesApart(loop.Left)):
                Split(loop.Left, loop.Body, left => EngineInternals.Left(loop) = left, body => EngineInternals.Body(loop) = body);
                return Taken(statement);
            case ForInStatement { Left: not Identifier } loop when Waits(loop.Left):
                Split(loop.Left, loop.Body, left => EngineInternals.Left(loop) = left, body => EngineInternals.Body(loop) = body);
                return Taken(statement);
            case ForOfStatement loop when Waits(loop.Right) && !HeadMention.Of(Scoped(loop.Left), loop.Right):
                return [Declared(loop.Right, name => EngineInternals.Right(loop) = name), .. Taken(statement)];
            case ForOfStatement { Await: true } loop:
                return Closing(loop, statement);
            case ForInStatement loop when Waits(loop.Right) && !HeadMention.Of(Scoped(loop.Left), loop.Right):
                return [Declared(loop.Right, name => EngineInternals.Right(loop) = name), statement];
            case ExpressionStatement { Expression: AssignmentExpression { Left: ArrayPattern or ObjectPattern } taken } when Waits(taken.Right):
                return [Declared(taken.Right, name => EngineInternals.Right(taken) = name), .. Taken(statement)];
            case ClassDeclaration { SuperClass: { } super } declared when Waits(super) && !HeadMention.Of(declared.Id, super):
                return [Declared(super, name => EngineInternals.SuperClass(declared) = name), statement];
            case VariableDeclaration { Declarations: [{ Init: ClassExpression { SuperClass: { } super } made } declarator] } when Waits(super) && !HeadMention.Of(made.Id, super) && !HeadMention.Of(declarator.Id, super):
                return [Declared(super, name => EngineInternals.SuperClass(made) = name), statement];
            case SwitchStatement choice when Waits(choice.Discriminant):
                return [Declared(choice.Discriminant, name => EngineInternals.Discriminant(choice) = name), statement];
            case VariableDeclaration declared when declared.Declarations.Any(static each => each.Init is not null && Waits(each.Id)):
                return WaitingPatterns.Of(declared, Name);
            case ExpressionStatement { Expression: AssignmentExpression { Left: DestructuringPattern } taken } when Waits(taken.Left) && WaitingPatterns.Of(taken, Name) is { } parts:
                return parts;
            case WhileStatement loop when Waits(loop.Test):
                ForStatement same = new(null, loop.Test, null, loop.Body) { Range = loop.Range, Location = loop.Location };
                EngineInternals.Label(same) = loop.LabelSet;
                if (label is null) return [same];
                EngineInternals.Body(label) = same;
                return [statement];
            default:
                return [statement];
        }
    }

    // What the body throws is kept while the loop is left by a break, which waits; whatever comes of that, it is what is thrown.
    private Statement[] Closing(ForOfStatement loop, Statement statement)
    {
        Identifier failed = Name(loop), thrown = Name(loop);
        EngineInternals.Body(loop) = Together(loop.Body, Attempt(loop.Body, caught => [Assigned(Same(failed), new BooleanLiteral(true, "true")), Assigned(Same(thrown), caught), new BreakStatement(null)]));
        VariableDeclarator[] names = [new VariableDeclarator(failed, new BooleanLiteral(false, "false")), new VariableDeclarator(thrown, null)];
        return
        [
            new VariableDeclaration(VariableDeclarationKind.Let, NodeList.From((IEnumerable<VariableDeclarator>)names)),
            Attempt(statement, caught => [new ThrowStatement(new ConditionalExpression(Same(failed), Same(thrown), caught))]),
            new IfStatement(Same(failed), new ThrowStatement(Same(thrown)), null),
        ];
    }

    private TryStatement Attempt(Statement statement, Func<Identifier, Statement[]> otherwise)
    {
        Identifier caught = Name(statement);
        NestedBlockStatement handler = new(NodeList.From((IEnumerable<Statement>)otherwise(Same(caught))));
        return new TryStatement(statement as NestedBlockStatement ?? Together(statement, statement), new CatchClause(caught, handler), null) { Range = statement.Range, Location = statement.Location };
    }

    private static NonSpecialExpressionStatement Assigned(Identifier name, Expression value) => new(new AssignmentExpression(Operator.Assignment, name, value));

    private static Identifier Same(Identifier name) => new(name.Name) { Range = name.Range, Location = name.Location };

    // Each time round, the name is of the body's own.
    private void Use(ForOfStatement loop, VariableDeclaration used)
    {
        Identifier name = Name(used);
        EngineInternals.Left(loop) = Constant(name, null);
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
        return Constant(name, Unnamed(value));
    }

    /// <summary>A function or class without a name is not to be named after a name that no program can have.</summary>
    internal static Expression Unnamed(Expression value) => value is FunctionExpression { Id: null } or ArrowFunctionExpression or ClassExpression { Id: null }
        ? new SequenceExpression(NodeList.From(new NumericLiteral(0, "0"), value)) { Range = value.Range, Location = value.Location }
        : value;

    // What is taken apart with an await is taken apart in the body, each time round.
    private void Split(Node left, Statement body, Action<Node> replaceLeft, Action<Statement> replaceBody)
    {
        Identifier name = Name(left), item = new(name.Name) { Range = left.Range, Location = left.Location };
        Statement taken;
        if (left is VariableDeclaration declaration)
        {
            EngineInternals.Initial(declaration.Declarations[0]) = item;
            taken = declaration;
        }
        else
        {
            taken = new NonSpecialExpressionStatement(new AssignmentExpression(Operator.Assignment, left, item) { Range = left.Range, Location = left.Location }) { Range = left.Range, Location = left.Location };
        }

        replaceLeft(Constant(name, null));
        replaceBody(Together(body, [.. Taken(taken), body]));
    }

    private void Catch(CatchClause handler)
    {
        Block(handler.Body);
        if (handler.Param is not { } pattern || !Waits(pattern)) return;
        Identifier name = Name(pattern);
        var taken = new VariableDeclaration(VariableDeclarationKind.Let, NodeList.From(
            new VariableDeclarator(pattern, new Identifier(name.Name) { Range = pattern.Range, Location = pattern.Location }) { Range = pattern.Range, Location = pattern.Location }))
        {
            Range = pattern.Range,
            Location = pattern.Location,
        };
        EngineInternals.Param(handler) = name;

        // The names of the pattern are around those of the block.
        EngineInternals.Statements(handler.Body) = NodeList.From((IEnumerable<Statement>)[.. Taken(taken), new NestedBlockStatement(handler.Body.Body) { Range = handler.Body.Range, Location = handler.Body.Location }]);
        handler.Body.UserData = null;
    }

    private static bool TakesApart(Node left) => left is DestructuringPattern or VariableDeclaration { Declarations: [{ Id: DestructuringPattern }] };

    private static Node? Scoped(Node left) => left is VariableDeclaration { Kind: not VariableDeclarationKind.Var } ? left : null;

    private static VariableDeclaration Constant(Identifier name, Expression? value) =>
        new(VariableDeclarationKind.Const, NodeList.From(new VariableDeclarator(name, value) { Range = name.Range, Location = name.Location })) { Range = name.Range, Location = name.Location };

    /// <summary>Whether something waits, apart from the functions in it.</summary>
    internal static bool Waits(Node node)
    {
        var waiting = new Waiting();
        waiting.Visit(node);
        return waiting.Found;
    }

    private sealed class Waiting : AstVisitor
    {
        internal bool Found { get; private set; }

        public override object? Visit(Node node)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            Found |= node is AwaitExpression or YieldExpression;
            return Found || node is IFunction ? node : base.Visit(node);
        }
    }
}
