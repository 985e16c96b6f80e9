using Acornima;
using Acornima.Ast;
using Ocap.Bundler.Graph;
using Module = Ocap.Bundler.Graph.Module;

namespace Ocap.Bundler.Linking;

/// <summary>
/// Tells which top-level statements nobody would miss as long as what they declare is not used. As in other bundlers, a name that is read before it has its
/// value does not count as something to be missed.
/// </summary>
internal sealed class Purity(LinkedModules linked, Module module)
{
    private readonly ModuleContents _contents = module.Contents;

    public bool IsPure(TopStatement statement) => statement.Node switch
    {
        FunctionDeclaration or EmptyStatement => true,
        ClassDeclaration declaration => IsPureClass(declaration.SuperClass, declaration.Body),
        VariableDeclaration variables => AllPure(variables.Declarations, IsPure),
        ExpressionStatement expression => IsPure(expression.Expression),
        Expression value => IsPure(value),
        _ => false,
    };

    private bool IsPure(VariableDeclarator declarator) => declarator.Id switch
    {
        Identifier => declarator.Init is null || IsPure(declarator.Init),
        ObjectPattern pattern => IsGlobalObject(declarator.Init) && pattern.Properties.All(IsPlainProperty),
        _ => false,
    };

    private static bool IsPlainProperty(Node member) => member is AssignmentProperty { Computed: false, Value: Identifier };

    private bool IsPure(Node? node) => node switch
    {
        null or Literal or FunctionExpression or ArrowFunctionExpression or ThisExpression or MetaProperty => true,
        Identifier name => IsDeclared(name.Name) || KnownGlobals.IsValue(name.Name),
        ClassExpression expression => IsPureClass(expression.SuperClass, expression.Body),
        TemplateLiteral template => AllPure(template.Expressions, IsPrimitive),
        ArrayExpression array => AllPure(array.Elements, IsPure),
        ObjectExpression literal => AllPure(literal.Properties, IsPureProperty),
        UnaryExpression { Operator: Operator.LogicalNot or Operator.Void } unary => IsPure(unary.Argument),
        UnaryExpression { Operator: Operator.TypeOf, Argument: Identifier } => true,
        UnaryExpression { Operator: Operator.TypeOf } unary => IsPure(unary.Argument),
        LogicalExpression logical => IsPure(logical.Left) && IsPure(logical.Right),
        BinaryExpression { Operator: Operator.StrictEquality or Operator.StrictInequality } comparison => IsPure(comparison.Left) && IsPure(comparison.Right),
        UnaryExpression or BinaryExpression => IsPrimitive(node),
        ConditionalExpression choice => IsPure(choice.Test) && IsPure(choice.Consequent) && IsPure(choice.Alternate),
        SequenceExpression sequence => AllPure(sequence.Expressions, IsPure),
        MemberExpression member => IsPureRead(member),
        CallExpression call => IsPureCall(call),
        NewExpression creation => IsPureNew(creation),
        _ => false,
    };

    /// <summary>A value that is made of literals alone: no object is asked to convert itself.</summary>
    private static bool IsPrimitive(Node? node) => node switch
    {
        BigIntLiteral or RegExpLiteral => false,
        Literal => true,
        TemplateLiteral template => AllPure(template.Expressions, IsPrimitive),
        UnaryExpression { Operator: Operator.UnaryNegation, Argument: BigIntLiteral } => true,
        UnaryExpression { Operator: not (Operator.Delete or Operator.TypeOf) } unary => IsPrimitive(unary.Argument),
        BinaryExpression { Operator: not (Operator.In or Operator.InstanceOf) } binary => IsPrimitive(binary.Left) && IsPrimitive(binary.Right),
        _ => false,
    };

    private bool IsPureProperty(Node member) =>
        member is Property property && (!property.Computed || IsPureKey(property.Key)) && (property.Kind != PropertyKind.Init || IsPure(property.Value));

    private bool IsPureKey(Node key) => IsPrimitive(key) || (key is MemberExpression { Object: Identifier { Name: "Symbol" } } member && IsPureRead(member));

    private bool IsPureClass(Node? superClass, ClassBody body) => IsPure(superClass) && AllPure(body.Body, IsPureElement);

    private bool IsPureElement(Node element) => element switch
    {
        MethodDefinition { Decorators.Count: 0 } method => !method.Computed || IsPureKey(method.Key),
        PropertyDefinition { Decorators.Count: 0 } field => (!field.Computed || IsPureKey(field.Key)) && (!field.Static || IsPure(field.Value)),
        StaticBlock block => block.Body.Count == 0,
        _ => false,
    };

    // Reading a property can run a getter, or fail; not with the language's own objects, nor with a module's namespace.
    private bool IsPureRead(MemberExpression member)
    {
        if (member.Computed)
        {
            return false;
        }
        if (member.Object is MemberExpression { Computed: false, Property: Identifier { Name: "prototype" } } prototype)
        {
            return IsGlobalObject(prototype.Object);
        }
        return IsGlobalObject(member.Object) || NamespaceMember(member) is not null;
    }

    private bool IsPureCall(CallExpression call)
    {
        if (call.Optional || !AllPure(call.Arguments, IsPure))
        {
            return false;
        }
        return _contents.Annotations.IsPureCall(call.Start) || call.Callee switch
        {
            Identifier name when IsDeclared(name.Name) => Own(name.Name).IsPureFunction,
            Identifier { Name: "Symbol" } => AllPure(call.Arguments, IsPrimitive),
            MemberExpression { Computed: false, Object: Identifier owner, Property: Identifier name } when IsGlobalObject(owner) =>
                KnownGlobals.IsPureMethod(owner.Name, name.Name) && AllPure(call.Arguments, a => a is Literal or ObjectExpression or ArrayExpression),
            MemberExpression member => NamespaceMember(member) is { IsPureFunction: true },
            _ => false,
        };
    }

    private bool IsPureNew(NewExpression creation) =>
        AllPure(creation.Arguments, IsPure)
        && (_contents.Annotations.IsPureCall(creation.Start)
            || (creation.Callee is Identifier name && IsGlobalObject(name) && KnownGlobals.IsCollection(name.Name) && AllPure(creation.Arguments, a => a is NullLiteral)));

    private bool IsGlobalObject(Node? node) => node is Identifier name && !IsDeclared(name.Name) && KnownGlobals.IsObject(name.Name);

    private bool IsDeclared(string name) => linked.Imports[module].ContainsKey(name) || _contents.TopLevel.ContainsKey(name);

    private Binding Own(string name) => linked.Imports[module].TryGetValue(name, out Binding? import) ? import : _contents.TopLevel[name];

    private Binding? NamespaceMember(MemberExpression member) =>
        member is { Computed: false, Property: Identifier property, Object: Identifier owner } && IsDeclared(owner.Name) && Own(owner.Name) is { Kind: BindingKind.Namespace } space
            ? ExportResolver.Find(space.Module, property.Name, out _)
            : null;

    private static bool AllPure<T>(in NodeList<T> nodes, Func<T, bool> isPure)
        where T : Node?
    {
        foreach (T node in nodes)
        {
            if (!isPure(node))
            {
                return false;
            }
        }
        return true;
    }
}
