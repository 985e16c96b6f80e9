using System.Globalization;
using Acornima;
using Acornima.Ast;

namespace Ocap.Vats;

/// <summary>
/// Functions that wait: what stands before an <c>await</c> or <c>yield</c> in an expression is evaluated once. The engine takes an expression up again from its
/// beginning when it goes on, and knows what its arguments and elements were, but not what was called or taken apart: <c>make().add(await n)</c> called
/// <c>make</c> twice, and <c>sum += await n</c> added to what <c>sum</c> had become meanwhile. So such functions are changed, before they run, to
/// <code>
/// (%again1 ? (%again1 = false, %kept1) : (%kept1 = make())).add(await [n, %again1 = true][0])
/// sum = sum + await n
/// </code>
/// with names that no program can have. A method is still read again (<c>add</c>, not <c>make()</c>), but what was read the first time is called (build/engine).
/// </summary>
internal sealed class KeptOperands : AstVisitor
{
    private const string Again = "%again", Kept = "%kept";

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

    protected override object? VisitCallExpression(CallExpression call)
    {
        Visit(call.Callee);
        WithSites(CalleeSites(call), () =>
        {
            foreach (Expression argument in call.Arguments) Visit(argument);
        });
        return call;
    }

    protected override object? VisitNewExpression(NewExpression made)
    {
        Visit(made.Callee);
        WithSites(IsPlain(made.Callee) && made.Callee is not (Identifier or MemberExpression) ? [] : [new Site(made.Callee, kept => EngineInternals.Callee(made) = kept)], () =>
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
                foreach (Node? element in array.Elements) Target(element);
                break;
            case ObjectPattern record:
                foreach (Node property in record.Properties) Target(property);
                break;
            case Property property:
                if (property.Computed) Part(property.Key, kept => EngineInternals.Key(property) = kept);
                Target(property.Value);
                break;
            case AssignmentPattern given:
                Target(given.Left);
                Part(given.Right, kept => EngineInternals.Right(given) = kept);
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
            if (element is SpreadElement or Literal or ThisExpression or IFunction) continue;
            int at = i;
            var site = new Site(element, kept => EngineInternals.Elements(array) = NodeList.From(array.Elements.Select((one, j) => j == at ? kept : one)));
            _open.Add(site);
            _elements.Add(site);
        }

        _open.RemoveRange(open, _open.Count - open);
        return array;
    }

    private void Part(Expression part, Action<Expression> replace)
    {
        Visit(part);

        // A class without a name is named after what it is the default of.
        if (!IsPlain(part) && part is not ClassExpression { Id: null }) _open.Add(new Site(part, replace));
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
        WithSites(super is null or ThisExpression or Literal ? [] : [new Site(super, replace)], () => Visit(body));
    }

    protected override object? VisitClassBody(ClassBody body)
    {
        int open = _open.Count;
        foreach (Node element in body.Body)
        {
            Visit(element);
            if (element is ClassProperty { Computed: true } property && !IsPlain(property.Key)) _open.Add(new Site(property.Key, kept => EngineInternals.Key(property) = kept));
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
        // What is delegated to suspends any number of times, without its being looked at again.
        if (yielded.Delegate) _seen++;
        else Suspends(yielded);
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

    private static Site[] CalleeSites(CallExpression call)
    {
        if (call.Callee is ChainExpression { Expression: MemberExpression chained }) return ChainSites(chained);

        // Another name than eval can have got another value meanwhile.
        if (call.Callee is not MemberExpression member) return IsPlain(call.Callee) && call.Callee is not Identifier { Name: not "eval" } ? [] : [new Site(call.Callee, kept => EngineInternals.Callee(call) = kept)];
        if (IsInChain(member)) return ChainSites(member);
        List<Site> sites = [];
        if (!IsPlain(member.Object) || (member.Object is Identifier or MemberExpression && !IsInChain(member.Object))) sites.Add(new Site(member.Object, kept => EngineInternals.Object(member) = kept));
        if (member.Computed && !IsPlain(member.Property)) sites.Add(new Site(member.Property, kept => EngineInternals.Property(member) = kept));
        return [.. sites];
    }

    // What a chain begins with; the rest of it is looked at again.
    private static Site[] ChainSites(MemberExpression member)
    {
        if (!IsInChain(member.Object)) return IsPlain(member.Object) && member.Object is not (Identifier or MemberExpression) ? [] : [new Site(member.Object, kept => EngineInternals.Object(member) = kept)];
        return member.Object switch
        {
            MemberExpression inner => ChainSites(inner),
            CallExpression { Callee: MemberExpression inner } => ChainSites(inner),
            CallExpression { Callee: { } callee } call when !IsPlain(callee) => [new Site(callee, kept => EngineInternals.Callee(call) = kept)],
            _ => [],
        };
    }

    // What may be looked at twice, or must be, being part of a chain that ends where something is missing.
    private static bool IsPlain(Expression expression) => expression switch
    {
        Identifier or ThisExpression or Super or Literal or TemplateLiteral { Expressions.Count: 0 } or PrivateIdentifier or MetaProperty or IFunction or ChainExpression => true,
        MemberExpression { Optional: true } or CallExpression { Optional: true } => true,
        MemberExpression { Computed: false } member => IsPlain(member.Object),
        MemberExpression { Computed: true } member => (IsPlain(member.Object) && IsPlain(member.Property)) || IsInChain(member.Object),
        CallExpression call => IsInChain(call.Callee),
        AwaitExpression awaited => IsPlain(awaited.Argument),
        _ => false,
    };

    private static bool IsInChain(Expression expression) => expression switch
    {
        MemberExpression member => member.Optional || IsInChain(member.Object),
        CallExpression call => call.Optional || IsInChain(call.Callee),
        _ => false,
    };

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
        AssignmentExpression kept = Assign(Name(Kept, site), site.Expression);
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
