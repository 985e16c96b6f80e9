using Acornima;
using Acornima.Ast;

namespace Ocap.Vats;

/// <summary>Whether a head names what it is the head of: there the name has no value yet, which it would have outside. Names that functions in it have themselves are others.</summary>
internal sealed class HeadMention : AstVisitor
{
    private HashSet<string> _names;
    private bool _found;

    private HeadMention(HashSet<string> names) => _names = names;

    /// <param name="named">What is declared, or null.</param>
    /// <param name="head">What may mention it.</param>
    internal static bool Of(Node? named, Node head)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        Bind(named, names);
        var mention = new HeadMention(names);
        if (names.Count > 0) mention.Visit(head);
        return mention._found;
    }

    public override object? Visit(Node node)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (node is not IFunction function) return base.Visit(node);
        HashSet<string> outside = _names;
        _names = [.. outside.Except(Declared.In(function), StringComparer.Ordinal)];
        if (_names.Count > 0) base.Visit(node);
        _names = outside;
        return node;
    }

    protected override object? VisitMemberExpression(MemberExpression member)
    {
        Visit(member.Object);
        if (member.Computed) Visit(member.Property);
        return member;
    }

    protected override object? VisitObjectProperty(ObjectProperty property) => Named(property, property.Computed, property.Key, property.Value);

    protected override object? VisitAssignmentProperty(AssignmentProperty property) => Named(property, property.Computed, property.Key, property.Value);

    protected override object? VisitMethodDefinition(MethodDefinition method) => Named(method, method.Computed, method.Key, method.Value);

    protected override object? VisitPropertyDefinition(PropertyDefinition property) => Named(property, property.Computed, property.Key, property.Value);

    // A key without brackets is no name of a variable.
    private Node Named(Node node, bool computed, Expression key, Node? value)
    {
        if (computed) Visit(key);
        if (value is not null) Visit(value);
        return node;
    }

    protected override object? VisitLabeledStatement(LabeledStatement labeled)
    {
        Visit(labeled.Body);
        return labeled;
    }

    protected override object? VisitBreakStatement(BreakStatement statement) => statement;

    protected override object? VisitContinueStatement(ContinueStatement statement) => statement;

    protected override object? VisitMetaProperty(MetaProperty property) => property;

    protected override object? VisitIdentifier(Identifier identifier)
    {
        _found |= _names.Contains(identifier.Name);
        return identifier;
    }

    // The names that a pattern or a declaration gives values to.
    private static void Bind(Node? node, HashSet<string> names)
    {
        switch (node)
        {
            case Identifier identifier:
                names.Add(identifier.Name);
                break;
            case VariableDeclaration declaration:
                foreach (VariableDeclarator declarator in declaration.Declarations) Bind(declarator.Id, names);
                break;
            case ArrayPattern array:
                foreach (Node? element in array.Elements) Bind(element, names);
                break;
            case ObjectPattern record:
                foreach (Node property in record.Properties) Bind(property is Property named ? named.Value : property, names);
                break;
            case AssignmentPattern given:
                Bind(given.Left, names);
                break;
            case RestElement rest:
                Bind(rest.Argument, names);
                break;
        }
    }

    /// <summary>The names that a function has itself.</summary>
    private sealed class Declared : AstVisitor
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        internal static HashSet<string> In(IFunction function)
        {
            var declared = new Declared();
            Bind(function.Id, declared._names);
            foreach (Node parameter in function.Params) Bind(parameter, declared._names);
            declared.Visit((Node)function.Body);
            return declared._names;
        }

        public override object? Visit(Node node)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            switch (node)
            {
                case FunctionDeclaration function:
                    Bind(function.Id, _names);
                    return node;
                case IFunction:
                    return node;
                case IClass named:
                    Bind(named.Id, _names);
                    break;
                case VariableDeclaration declaration:
                    Bind(declaration, _names);
                    break;
                case CatchClause handler:
                    Bind(handler.Param, _names);
                    break;
            }

            return base.Visit(node);
        }
    }
}
