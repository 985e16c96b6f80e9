using System.Globalization;
using Acornima;
using Acornima.Ast;

namespace Ocap.Vats;

/// <summary>
/// Functions that wait: what stands before an <c>await</c> or <c>yield</c> in an expression is evaluated once. The engine takes an expression up again from its
/// beginning when it goes on, and knows what its arguments and elements were, but not what was made or taken apart: <c>new (make())(await n)</c> called
/// <c>make</c> twice, and <c>sum += await n</c> added to what <c>sum</c> had become meanwhile. So such functions are changed, before they run, to
/// <code>
/// new (%again1 ? (%again1 = false, %kept1) : (%kept1 = make()))(await [n, %again1 = true][0])
/// sum = sum + await n
/// </code>
/// with names that no program can have. What is called is kept by the engine, as is what <c>%again1</c> is while <c>yield*</c> delegates (build/engine).
/// </summary>
internal sealed class KeptOperands : AstVisitor
{
    private const string Again = "%again", Kept = "%kept";

    /// <summary>Noted at an array pattern in which something waits: the engine goes on in it where it was (build/engine).</summary>
    private const string WaitingArray = "waits";

    private readonly List<Site> _open = [];
    private readonly List<Site> _used = [];
    private readonly List<(Node Suspension, Site[] Sites)> _suspensions = [];
    private int _seen;

    // What stands in array literals of the patterns that are being looked at; null outside of patterns.
    private List<Site>? _elements;

    private KeptOperands()
    {
    }

    /// <summary>Changes a function that has just been parsed, if it has to be.</summary>
    /// <param name="function">A function's node, whole.</param>
    internal static void Adjust(IFunction function)
    {
        if (!(function.Async || function.Generator) || function.Body is not FunctionBody body) return;
        var operands = new KeptOperands();
        foreach (Statement statement in body.Body) operands.Visit(statement);
        operands.Apply(body);
    }

    /// <summary>What was written, where it has been replaced by something that keeps its value.</summary>
    internal static Expression Written(Expression expression)
    {
        if (expression is not ConditionalExpression { Test: Identifier test } once || !test.Name.StartsWith(Again, StringComparison.Ordinal)) return expression;
        Expression anew = once.Alternate is SequenceExpression forgetting ? forgetting.Expressions[^1] : once.Alternate;
        return ((AssignmentExpression)anew).Right;
    }

    public override object? Visit(Node node)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return node is IFunction ? node : base.Visit(node);
    }

    protected override object? VisitNewExpression(NewExpression made)
    {
        Visit(made.Callee);
        WithSites(IsConstant(made.Callee) ? [] : [new Site(made.Callee, kept => EngineInternals.Callee(made) = kept)], () =>
        {
            foreach (Expression argument in made.Arguments) Visit(argument);
        });
        return made;
    }

    protected override object? VisitVariableDeclarator(VariableDeclarator declarator)
    {
        if (declarator.Init is not { } initial) return declarator;
        Visit(initial);
        if (declarator.Id is DestructuringPattern pattern) Pattern(pattern, new Site(initial, kept => EngineInternals.Initial(declarator) = kept));
        return declarator;
    }

    protected override object? VisitAssignmentExpression(AssignmentExpression assignment)
    {
        if (assignment.Left is DestructuringPattern pattern)
        {
            Visit(assignment.Right);
            Pattern(pattern, new Site(assignment.Right, kept => EngineInternals.Right(assignment) = kept));
            return assignment;
        }

        Visit(assignment.Left);
        int before = _seen;
        Visit(assignment.Right);
        if (_seen > before && assignment.Left is Identifier name && ArithmeticOf(assignment.Operator) is { } arithmetic)
        {
            var read = new Identifier(name.Name) { Range = name.Range, Location = name.Location };
            EngineInternals.Right(assignment) = new NonLogicalBinaryExpression(arithmetic, read, assignment.Right) { Range = assignment.Range, Location = assignment.Location };
            EngineInternals.Operator(assignment) = Operator.Assignment;
        }
        return assignment;
    }

    // A pattern is taken up again at its beginning, with what it takes apart.
    private void Pattern(DestructuringPattern pattern, Site whole)
    {
        int open = _open.Count;
        List<Site>? outer = _elements;
        _elements = [];
        _open.Add(whole);
        Target(pattern);
        whole.Within = [.. _open[(open + 1)..], .. _elements];
        outer?.AddRange(_elements);
        _elements = outer;
        _open.RemoveRange(open, _open.Count - open);
    }

    // What stands in a pattern is evaluated once too: defaults, keys, and what members are assigned to.
    private void Target(Node? target)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (target)
        {
            case ArrayPattern array:
                int before = _seen;
                foreach (Node? element in array.Elements) Target(element);

                // What the rest is, is not kept: a pattern for it, in which something may wait, is taken up again as all others are.
                if (_seen > before && array.Elements is not [.., RestElement { Argument: DestructuringPattern }]) array.UserData = WaitingArray;
                break;
            case ObjectPattern record:
                foreach (Node property in record.Properties) Target(property);
                break;
            case Property property:
                if (property.Computed) Part(property.Key, kept => EngineInternals.Key(property) = kept);
                Target(property.Value);
                break;
            case AssignmentPattern { Left: DestructuringPattern inner } given:
                // A pattern takes apart what the default has given; a member is looked for before.
                Part(given.Right, kept => EngineInternals.Right(given) = kept);
                Target(inner);
                break;
            case AssignmentPattern given:
                Target(given.Left);
                Part(given.Right, kept => EngineInternals.Right(given) = kept, given.Left);
                break;
            case RestElement rest:
                Target(rest.Argument);
                break;
            case MemberExpression member:
                Part(member.Object, kept => EngineInternals.Object(member) = kept);
                if (member.Computed) Part(member.Property, kept => EngineInternals.Property(member) = kept);
                break;
        }
    }

    // The engine knows what the elements of a literal were when it goes on there, but not when it comes to it again from the beginning of a pattern.
    protected override object? VisitArrayExpression(ArrayExpression array)
    {
        if (_elements is null) return base.VisitArrayExpression(array);
        int open = _open.Count;
        for (int i = 0; i < array.Elements.Count; i++)
        {
            if (array.Elements[i] is not { } element) continue;
            Visit(element);
            if (element is SpreadElement || IsConstant(element)) continue;
            int at = i;
            var site = new Site(element, kept => EngineInternals.Elements(array) = NodeList.From(array.Elements.Select((one, j) => j == at ? kept : one)));
            _open.Add(site);
            _elements.Add(site);
        }

        _open.RemoveRange(open, _open.Count - open);
        return array;
    }

    private void Part(Expression part, Action<Expression> replace, Node? target = null)
    {
        Visit(part);

        // What has no name is named after what it is the default of.
        if (!IsConstant(part)) _open.Add(new Site(target is Identifier name ? NamedValue.Of(part, name) : part, replace));
    }

    protected override object? VisitClassDeclaration(ClassDeclaration declared)
    {
        Class(declared.SuperClass, declared.Body, kept => EngineInternals.SuperClass(declared) = kept);
        return declared;
    }

    protected override object? VisitClassExpression(ClassExpression made)
    {
        Class(made.SuperClass, made.Body, kept => EngineInternals.SuperClass(made) = kept);
        return made;
    }

    // A class is begun again when one of its keys has waited.
    private void Class(Expression? super, ClassBody body, Action<Expression> replace)
    {
        if (super is not null) Visit(super);
        WithSites(super is null || IsConstant(super) ? [] : [new Site(super, replace)], () => Visit(body));
    }

    protected override object? VisitClassBody(ClassBody body)
    {
        int open = _open.Count;
        foreach (Node element in body.Body)
        {
            Visit(element);
            if (element is ClassProperty { Computed: true } property && !IsConstant(property.Key)) _open.Add(new Site(property.Key, kept => EngineInternals.Key(property) = kept));
        }

        _open.RemoveRange(open, _open.Count - open);
        return body;
    }

    protected override object? VisitAwaitExpression(AwaitExpression awaited)
    {
        Visit(awaited.Argument);
        Suspends(awaited);
        return awaited;
    }

    protected override object? VisitYieldExpression(YieldExpression yielded)
    {
        if (yielded.Argument is { } argument) Visit(argument);
        Suspends(yielded);
        return yielded;
    }

    private void Suspends(Node node)
    {
        _seen++;
        if (_open.Count > 0) _suspensions.Add((node, [.. _open]));
    }

    private void WithSites(Site[] sites, Action visit)
    {
        _open.AddRange(sites);
        visit();
        _open.RemoveRange(_open.Count - sites.Length, sites.Length);
    }

    // What is the same when it is evaluated twice, and has nobody see it.
    private static bool IsConstant(Expression expression) => expression is ThisExpression or Super or Literal or TemplateLiteral { Expressions.Count: 0 } or PrivateIdentifier or MetaProperty;

    private static Operator? ArithmeticOf(Operator assignment) => assignment switch
    {
        Operator.AdditionAssignment => Operator.Addition,
        Operator.SubtractionAssignment => Operator.Subtraction,
        Operator.MultiplicationAssignment => Operator.Multiplication,
        Operator.DivisionAssignment => Operator.Division,
        Operator.RemainderAssignment => Operator.Remainder,
        Operator.ExponentiationAssignment => Operator.Exponentiation,
        Operator.BitwiseAndAssignment => Operator.BitwiseAnd,
        Operator.BitwiseOrAssignment => Operator.BitwiseOr,
        Operator.BitwiseXorAssignment => Operator.BitwiseXor,
        Operator.LeftShiftAssignment => Operator.LeftShift,
        Operator.RightShiftAssignment => Operator.RightShift,
        Operator.UnsignedRightShiftAssignment => Operator.UnsignedRightShift,
        _ => null,
    };

    private void Apply(FunctionBody body)
    {
        foreach ((Node suspension, Site[] sites) in _suspensions)
        {
            foreach (Site site in sites)
            {
                if (site.Number != 0) continue;
                _used.Add(site);
                site.Number = _used.Count;
            }
            if (suspension is AwaitExpression awaited) EngineInternals.Argument(awaited) = Marked(awaited.Argument, sites);
            else if (suspension is YieldExpression { Delegate: true }) suspension.UserData = Array.ConvertAll(sites, static site => Name(Again, site).Name);
            else if (suspension is YieldExpression yielded) EngineInternals.Argument(yielded) = Marked(yielded.Argument, sites);
        }
        if (_used.Count == 0) return;
        foreach (Site site in _used) site.Replace(Once(site));
        List<VariableDeclarator> names = [.. _used.SelectMany(static site => new[] { new VariableDeclarator(Name(Again, site), null), new VariableDeclarator(Name(Kept, site), null) })];
        var declaration = new VariableDeclaration(VariableDeclarationKind.Let, NodeList.From((IEnumerable<VariableDeclarator>)names));
        EngineInternals.Statements(body) = NodeList.From((IEnumerable<Statement>)[declaration, .. body.Body]);
    }

    private static Expression Marked(Expression? argument, Site[] sites)
    {
        Expression value = argument ?? new NonUpdateUnaryExpression(Operator.Void, new NumericLiteral(0, "0"));
        Expression?[] elements = [value, .. sites.Select(static site => Assign(Name(Again, site), new BooleanLiteral(true, "true")))];
        return new MemberExpression(new ArrayExpression(NodeList.From((IEnumerable<Expression?>)elements)), new NumericLiteral(0, "0"), computed: true, optional: false) { Range = value.Range, Location = value.Location };
    }

    private static ConditionalExpression Once(Site site) => new(
        Name(Again, site),
        new SequenceExpression(NodeList.From<Expression>(Assign(Name(Again, site), new BooleanLiteral(false, "false")), Name(Kept, site))),
        Anew(site))
    { Range = site.Expression.Range, Location = site.Expression.Location };

    // What was kept within and then not asked for again is forgotten where a pattern begins.
    private static Expression Anew(Site site)
    {
        AssignmentExpression kept = Assign(Name(Kept, site), WaitingHeads.Unnamed(site.Expression));
        Expression[] forgotten = [.. site.Within.Where(static within => within.Number != 0).Select(static within => Assign(Name(Again, within), new BooleanLiteral(false, "false")))];
        return forgotten is [] ? kept : new SequenceExpression(NodeList.From((IEnumerable<Expression>)[.. forgotten, kept])) { Range = kept.Range, Location = kept.Location };
    }

    private static AssignmentExpression Assign(Identifier name, Expression value) => new(Operator.Assignment, name, value) { Range = value.Range, Location = value.Location };

    private static Identifier Name(string prefix, Site site) =>
        new(prefix + site.Number.ToString(CultureInfo.InvariantCulture)) { Range = site.Expression.Range, Location = site.Expression.Location };

    /// <summary>An operand that is kept while its expression waits.</summary>
    private sealed class Site(Expression expression, Action<Expression> replace)
    {
        internal Expression Expression { get; } = expression;

        internal Action<Expression> Replace { get; } = replace;

        /// <summary>The operands of a pattern, when this is what it takes apart.</summary>
        internal IReadOnlyList<Site> Within { get; set; } = [];

        /// <summary>From 1 on in a function; 0 while nothing is known to wait after it.</summary>
        internal int Number { get; set; }
    }
}
