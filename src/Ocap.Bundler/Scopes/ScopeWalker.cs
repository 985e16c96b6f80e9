using System.Runtime.CompilerServices;
using Acornima;
using Acornima.Ast;
using Ocap.Bundler.Graph;
using Ocap.Bundler.Linking;
using Ocap.Bundler.Output;
using Ocap.Bundler.Ses;
using Module = Ocap.Bundler.Graph.Module;

namespace Ocap.Bundler.Scopes;

/// <summary>
/// Walks a module once, building its scopes. Names are looked up when the walk is over, because declarations count from the start of their scope.
/// </summary>
internal sealed partial class ScopeWalker(Module module, List<SourceToken> tokens, CallAnnotations annotations)
{
    private const int NoRequest = -1;

    private readonly ModuleContents _contents = module.Contents;
    private readonly Scope _top = new(parent: null, holdsVars: true);
    private readonly List<NameUse> _names = [];
    private readonly List<(Identifier Target, Scope Scope, NamedValue Value)> _namedValues = [];
    private readonly List<(Scope Scope, int Start, int End)> _nodeEnvs = [];
    private readonly List<(Scope Scope, int Start, int End)> _evals = [];
    private readonly List<(Scope Scope, CallExpression Call, string Specifier, bool IsOptional)> _requires = [];
    private readonly List<Scope> _scopes = [];
    private readonly List<string> _declaredHere = [];
    private int _functionDepth;
    private int _tryDepth;

    /// <summary>Starts of tokens that look refusable to SES and are rewritten here.</summary>
    public HashSet<int> HandledForSes { get; } = [];

    public void Walk(Program program)
    {
        _contents.Annotations = annotations;
        foreach (Node statement in program.Body)
        {
            if (IsEsm)
            {
                VisitTopLevel(statement);
            }
            else
            {
                Visit(statement, _top);
            }
        }
        Resolve();
    }

    private bool IsEsm => module.Kind == ModuleKind.Esm;

    private Scope Inner(Scope parent, bool holdsVars = false)
    {
        var scope = new Scope(parent, holdsVars);
        _scopes.Add(scope);
        return scope;
    }

    private void Visit(Node? node, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case null:
                break;
            case Identifier identifier:
                _names.Add(new NameUse(identifier, scope));
                break;
            case VariableDeclaration declaration:
                VisitVariables(declaration, scope);
                break;
            case FunctionDeclaration function:
                VisitFunctionDeclaration(function, scope, BindingKind.Function);
                break;
            case FunctionExpression function:
                Scope own = scope;
                if (function.Id is { } id)
                {
                    own = Inner(scope);
                    own.Declare(id.Name);
                }
                VisitFunction(function.Params, function.Body, own, hasArguments: true);
                break;
            case ArrowFunctionExpression arrow:
                VisitFunction(arrow.Params, arrow.Body, scope, hasArguments: false);
                break;
            case ClassDeclaration { Id: { } name } declaration:
                Declare(scope, name.Name, BindingKind.Class);
                _names.Add(new NameUse(name, scope));
                VisitClass(name, declaration.SuperClass, declaration.Body, scope);
                break;
            case ClassDeclaration declaration:
                VisitClass(null, declaration.SuperClass, declaration.Body, scope);
                break;
            case ClassExpression expression:
                VisitClass(expression.Id, expression.SuperClass, expression.Body, scope);
                break;
            case ClassProperty property:
                VisitClassProperty(property, scope);
                break;
            case StaticBlock block:
                VisitAll(block.Body, Inner(scope, holdsVars: true));
                break;
            case BlockStatement block:
                VisitAll(block.Body, Inner(scope));
                break;
            case ForStatement loop:
                Scope head = Inner(scope);
                Visit(loop.Init, head);
                Visit(loop.Test, head);
                Visit(loop.Update, head);
                Visit(loop.Body, head);
                break;
            case ForInStatement loop:
                VisitForEach(loop.Left, loop.Right, loop.Body, scope);
                break;
            case ForOfStatement loop:
                if (loop.Await)
                {
                    RefuseTopLevelAwait(loop);
                }
                VisitForEach(loop.Left, loop.Right, loop.Body, scope);
                break;
            case SwitchStatement choice:
                Visit(choice.Discriminant, scope);
                VisitAll(choice.Cases, Inner(scope));
                break;
            case CatchClause handler:
                Scope caught = Inner(scope);
                if (handler.Param is { } param)
                {
                    VisitTarget(param, caught, declareIn: caught);
                }
                Visit(handler.Body, caught);
                break;
            case LabeledStatement labeled:
                Visit(labeled.Body, scope);
                break;
            case BreakStatement or ContinueStatement:
                break;
            case MemberExpression member:
                VisitMember(member, scope);
                break;
            case Property property:
                VisitProperty(property, scope);
                break;
            case AssignmentExpression assignment:
                VisitTarget(assignment.Left, scope, declareIn: null);
                if (assignment.Operator is Operator.Assignment or Operator.LogicalOrAssignment or Operator.LogicalAndAssignment or Operator.NullishCoalescingAssignment)
                {
                    NoteNamedValue(assignment.Left, assignment.Right, assignment.End, scope);
                }
                Visit(assignment.Right, scope);
                break;
            case UpdateExpression update:
                VisitTarget(update.Argument, scope, declareIn: null);
                break;
            case AwaitExpression wait:
                RefuseTopLevelAwait(wait);
                Visit(wait.Argument, scope);
                break;
            case ImportExpression import:
                NoteDynamicImport(import);
                break;
            case MetaProperty meta:
                NoteMeta(meta);
                break;
            case CallExpression { Callee: Identifier { Name: "eval" } callee, Optional: false } call:
                _evals.Add((scope, callee.Start, callee.End));
                HandledForSes.Add(callee.Start);
                Visit(callee, scope);
                VisitAll(call.Arguments, scope);
                break;
            case CallExpression call:
                NoteRequire(call, scope);
                VisitCallee(call.Callee, scope);
                VisitAll(call.Arguments, scope);
                break;
            case IfStatement choice:
                VisitIf(choice, scope);
                break;
            case ConditionalExpression choice:
                VisitConditional(choice, scope);
                break;
            case LogicalExpression choice:
                VisitLogical(choice, scope);
                break;
            case TryStatement attempt:
                _tryDepth++;
                Visit(attempt.Block, scope);
                _tryDepth--;
                Visit(attempt.Handler, scope);
                Visit(attempt.Finalizer, scope);
                break;
            case UnaryExpression { Operator: Operator.Delete, Argument: MemberExpression member }:
                VisitWrittenMember(member, scope);
                break;
            case ReturnStatement back:
                if (IsEsm && _functionDepth == 0)
                {
                    throw module.Error(back.Start, "A module cannot return; this is outside of any function.");
                }
                Visit(back.Argument, scope);
                break;
            case TaggedTemplateExpression tagged:
                VisitTagged(tagged, scope);
                break;
            case StringLiteral or RegExpLiteral or TemplateElement:
                RewriteForSes(node);
                break;
            default:
                foreach (Node child in node.ChildNodes)
                {
                    Visit(child, scope);
                }
                break;
        }
    }

    private void VisitAll<T>(in NodeList<T> nodes, Scope scope)
        where T : Node?
    {
        foreach (T node in nodes)
        {
            Visit(node, scope);
        }
    }

    private void VisitVariables(VariableDeclaration declaration, Scope scope)
    {
        Scope target = declaration.Kind == VariableDeclarationKind.Var ? scope.VarScope : scope;
        foreach (VariableDeclarator declarator in declaration.Declarations)
        {
            VisitTarget(declarator.Id, scope, target);
            if (declarator.Init is { } init)
            {
                NoteNamedValue(declarator.Id, init, declarator.End, scope);
                Visit(init, scope);
            }
        }
    }

    private void VisitFunctionDeclaration(FunctionDeclaration function, Scope scope, BindingKind kind)
    {
        if (function.Id is { } id)
        {
            Declare(scope, id.Name, kind);
            _names.Add(new NameUse(id, scope));
        }
        VisitFunction(function.Params, function.Body, scope, hasArguments: true);
    }

    // Parameters have a scope of their own: a closure among them does not see what the body declares.
    private void VisitFunction(in NodeList<Node> parameters, Node body, Scope scope, bool hasArguments)
    {
        Scope outer = Inner(scope, holdsVars: true);
        if (hasArguments)
        {
            outer.Declare("arguments");
        }
        _functionDepth++;
        foreach (Node parameter in parameters)
        {
            VisitTarget(parameter, outer, outer);
        }
        if (body is FunctionBody block)
        {
            VisitAll(block.Body, Inner(outer, holdsVars: true));
        }
        else
        {
            Visit(body, outer);
        }
        _functionDepth--;
    }

    private void VisitClass(Identifier? name, Node? superClass, ClassBody body, Scope scope)
    {
        Scope own = Inner(scope);
        if (name is not null)
        {
            own.Declare(name.Name);
        }
        Visit(superClass, own);
        VisitAll(body.Body, own);
    }

    private void VisitClassProperty(ClassProperty property, Scope scope)
    {
        if (property.Computed || property.Key is StringLiteral)
        {
            Visit(property.Key, scope);
        }
        if (property.Value is { } value)
        {
            Visit(value, Inner(scope, holdsVars: true));
        }
    }

    private void VisitForEach(Node left, Node right, Node body, Scope scope)
    {
        Scope head = Inner(scope);
        if (left is VariableDeclaration)
        {
            Visit(left, head);
        }
        else
        {
            VisitTarget(left, head, declareIn: null);
        }
        Visit(right, head);
        Visit(body, head);
    }

    private void VisitProperty(Property property, Scope scope)
    {
        if (property.Computed || property.Key is StringLiteral)
        {
            Visit(property.Key, scope);
        }
        if (property is { Shorthand: true, Value: Identifier name })
        {
            _names.Add(new NameUse(name, scope) { IsShorthand = true });
        }
        else
        {
            Visit(property.Value, scope);
        }
    }

    /// <summary>Something that is assigned to or, with <paramref name="declareIn"/>, declared: a name, a member, a pattern.</summary>
    private void VisitTarget(Node? target, Scope scope, Scope? declareIn, bool isShorthand = false)
    {
        switch (target)
        {
            case null:
                break;
            case Identifier identifier:
                if (declareIn is not null)
                {
                    Declare(declareIn, identifier.Name, BindingKind.Variable);
                }
                _names.Add(new NameUse(identifier, scope) { IsShorthand = isShorthand, IsWrite = declareIn is null });
                break;
            case ArrayPattern pattern:
                foreach (Node? element in pattern.Elements)
                {
                    VisitTarget(element, scope, declareIn);
                }
                break;
            case ObjectPattern pattern:
                foreach (Node member in pattern.Properties)
                {
                    if (member is AssignmentProperty property)
                    {
                        if (property.Computed || property.Key is StringLiteral)
                        {
                            Visit(property.Key, scope);
                        }
                        VisitTarget(property.Value, scope, declareIn, property.Shorthand);
                    }
                    else
                    {
                        VisitTarget(member, scope, declareIn);
                    }
                }
                break;
            case AssignmentPattern pattern:
                VisitTarget(pattern.Left, scope, declareIn, isShorthand);
                NoteNamedValue(pattern.Left, pattern.Right, pattern.End, scope);
                Visit(pattern.Right, scope);
                break;
            case RestElement rest:
                VisitTarget(rest.Argument, scope, declareIn);
                break;
            case MemberExpression member:
                VisitWrittenMember(member, scope);
                break;
            default:
                Visit(target, scope);
                break;
        }
    }

    private void Declare(Scope scope, string name, BindingKind kind)
    {
        scope.Declare(name);
        if (scope.IsTopLevel)
        {
            _declaredHere.Add(name);
            _contents.TopLevel.TryAdd(name, new Binding(module, name, kind));
        }
    }
}
