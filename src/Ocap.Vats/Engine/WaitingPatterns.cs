using Acornima;
using Acornima.Ast;

namespace Ocap.Vats;

/// <summary>
/// Patterns in which something waits, as statements of which each takes one thing: the engine takes a pattern up again at its beginning, so that getters and defaults
/// were asked twice.
/// <code>
/// const { x, y = await z } = o;    const %head1 = o; const { x } = %head1; const { y: %head2 } = %head1; const [y = await z] = [%head2];
/// const [[a = await b], ...c] = d; const [%head1, ...%head2] = d; const [a = await b] = %head1; const c = %head2;
/// </code>
/// An array pattern stays as it is where nothing waits in a pattern within it: the engine goes on in it where it was (build/engine). Where something does, its iterator
/// is closed before the defaults are evaluated. A pattern that assigns to members stays as well (<see cref="KeptOperands"/>), for what it assigns to is evaluated first.
/// </summary>
/// <param name="kind">What is declared, or null for an assignment.</param>
/// <param name="name">Makes a name that no program can have.</param>
internal sealed class WaitingPatterns(VariableDeclarationKind? kind, Func<Node, Identifier> name)
{
    // Each level looks for what waits in all that are within it; what is nested deeper stays as it is.
    private const int MostLevels = 32;

    private readonly List<Statement> _statements = [];
    private int _level;

    // What is written where the statements stand now: errors look there for what they are about.
    private Node? _written;

    /// <summary>The statements that do what a declaration does.</summary>
    internal static Statement[] Of(VariableDeclaration declaration, Func<Node, Identifier> name)
    {
        var patterns = new WaitingPatterns(declaration.Kind, name);
        foreach (VariableDeclarator declarator in declaration.Declarations)
        {
            patterns._written = declarator;
            if (declarator is { Id: DestructuringPattern pattern, Init: { } initial } && WaitingHeads.Waits(pattern)) patterns.Take(pattern, initial);
            else patterns._statements.Add(new VariableDeclaration(declaration.Kind, NodeList.From(declarator)) { Range = declarator.Range, Location = declarator.Location });
        }

        return [.. patterns._statements];
    }

    /// <summary>The same for an assignment to variables only; null for others.</summary>
    internal static Statement[]? Of(AssignmentExpression assignment, Func<Node, Identifier> name)
    {
        if (assignment.Left is not DestructuringPattern pattern || !IsOfNames(pattern)) return null;
        var patterns = new WaitingPatterns(null, name) { _written = assignment };
        patterns.Take(pattern, assignment.Right);
        return [.. patterns._statements];
    }

    private void Take(DestructuringPattern pattern, Expression value)
    {
        _level++;
        if (_level > MostLevels || (pattern is ArrayPattern whole && whole.Elements.All(GoesOn))) Give(pattern, value);
        else if (pattern is ArrayPattern array) TakeArray(array, value);
        else TakeObject((ObjectPattern)pattern, value);
        _level--;
    }

    // Whether the engine goes on in an element: nothing waits in a pattern within it.
    private static bool GoesOn(Node? element) => element switch
    {
        RestElement { Argument: DestructuringPattern } => false,
        DestructuringPattern or AssignmentPattern { Left: DestructuringPattern } => !WaitingHeads.Waits(element),
        _ => true,
    };

    private void TakeArray(ArrayPattern pattern, Expression value)
    {
        Identifier?[] items = [.. pattern.Elements.Select(element => element is null ? null : name(element))];
        Declare(At(new ArrayPattern(NodeList.From(items.Select((item, i) => item is not null && pattern.Elements[i] is RestElement ? At(new RestElement(item), item) : (Node?)item))), pattern), value);
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i] is { } item) TakeItem(pattern.Elements[i]!, Read(item));
        }
    }

    private void TakeObject(ObjectPattern pattern, Expression value)
    {
        bool hasRest = pattern.Properties.Any(static property => property is RestElement);
        if (hasRest && pattern.Properties.OfType<Property>().Any(static property => property.Computed))
        {
            // Its keys may name what stands before them in it.
            Give(pattern, value);
            return;
        }

        Identifier whole = name(value);
        Declare(whole, value);
        if (hasRest)
        {
            TakeAll(pattern, whole, value);
            return;
        }

        foreach (Property property in pattern.Properties.Cast<Property>())
        {
            if (!WaitingHeads.Waits(property))
            {
                Give(At(new ObjectPattern(NodeList.From<Node>(property)), property), Read(whole, value));
                continue;
            }

            Identifier item = name(property);
            Declare(At(new ObjectPattern(NodeList.From<Node>(Named(property, item))), property), Read(whole, value));
            TakeItem(property.Value, Read(item));
        }
    }

    // What the rest is depends on all that has been named before.
    private void TakeAll(ObjectPattern pattern, Identifier whole, Expression value)
    {
        List<(Node Target, Identifier Item)> items = [];
        List<Node> properties = [];
        foreach (Node each in pattern.Properties)
        {
            Identifier item = name(each);
            items.Add((each is Property property ? property.Value : ((RestElement)each).Argument, item));
            properties.Add(each is Property named ? Named(named, item) : At(new RestElement(item), each));
        }

        Declare(At(new ObjectPattern(NodeList.From((IEnumerable<Node>)properties)), pattern), Read(whole, value));
        foreach ((Node target, Identifier item) in items) TakeItem(target, Read(item));
    }

    private AssignmentProperty Named(Property property, Identifier item)
    {
        Expression key = property.Key;
        if (property.Computed && WaitingHeads.Waits(key))
        {
            Identifier kept = name(key);
            Declare(kept, key);
            key = Read(kept);
        }

        return At(new AssignmentProperty(key, item, property.Computed, shorthand: false), property);
    }

    private void TakeItem(Node target, Expression item)
    {
        switch (target)
        {
            case RestElement rest:
                TakeItem(rest.Argument, item);
                break;
            case DestructuringPattern inner when WaitingHeads.Waits(inner):
                Take(inner, item);
                break;
            case AssignmentPattern { Left: DestructuringPattern inner } given when WaitingHeads.Waits(given):
                Identifier whole = name(given);
                Defaulted(whole, given, item, Declare);
                Take(inner, Read(whole));
                break;
            case AssignmentPattern given:
                Defaulted(given.Left, given, item, Give);
                break;
            default:
                Give(target, item);
                break;
        }
    }

    // [target = default] = [item], where a function that is the default is named after the target; or target = item === undefined ? default : item, which the engine
    // goes on in where it waits.
    private static void Defaulted(Node target, AssignmentPattern given, Expression item, Action<Node, Expression> give)
    {
        if (WaitingHeads.Waits(given.Right))
        {
            var nothing = At(new NonUpdateUnaryExpression(Operator.Void, At(new NumericLiteral(0, "0"), given)), given);
            Expression otherwise = target is Identifier named ? NamedValue.Of(given.Right, named) : given.Right;
            give(target, At(new ConditionalExpression(At(new NonLogicalBinaryExpression(Operator.StrictEquality, item, nothing), given), otherwise, item), given));
            return;
        }

        give(
            At(new ArrayPattern(NodeList.From<Node?>(At(new AssignmentPattern(target, given.Right), given))), given),
            At(new ArrayExpression(NodeList.From<Expression?>(item)), item));
    }

    private void Declare(Node target, Expression value) => _statements.Add(Declaration(VariableDeclarationKind.Const, target, target is Identifier ? WaitingHeads.Unnamed(value) : value));

    private void Give(Node target, Expression value) => _statements.Add(kind is { } declared
        ? Declaration(declared, target, value)
        : At(new NonSpecialExpressionStatement(At(new AssignmentExpression(Operator.Assignment, target, value), _written!)), _written!));

    private VariableDeclaration Declaration(VariableDeclarationKind declared, Node target, Expression value) =>
        At(new VariableDeclaration(declared, NodeList.From(At(new VariableDeclarator(target, value), _written!))), _written!);

    private static Identifier Read(Identifier item, Expression? written = null) => At(new Identifier(item.Name) { UserData = written }, item);

    private static T At<T>(T node, Node written) where T : Node
    {
        EngineInternals.Range(node) = written.Range;
        EngineInternals.Location(node) = written.Location;
        return node;
    }

    private static bool IsOfNames(Node? target) => target switch
    {
        null or Identifier => true,
        ArrayPattern array => array.Elements.All(IsOfNames),
        ObjectPattern record => record.Properties.All(static property => IsOfNames(property is Property named ? named.Value : property)),
        AssignmentPattern given => IsOfNames(given.Left),
        RestElement rest => IsOfNames(rest.Argument),
        _ => false,
    };
}
