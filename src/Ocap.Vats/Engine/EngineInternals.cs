using System.Runtime.CompilerServices;
using Acornima;
using Acornima.Ast;
using Jint.Native;
using Jint.Native.Array;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Debugger;

namespace Ocap.Vats;

/// <summary>
/// The few members of the engine that it has no public name for. They are bound when this is compiled, without reflection; a version of the engine that no
/// longer has them fails at the first vat, with a <see cref="MissingMemberException"/>.
/// </summary>
internal static class EngineInternals
{
    private const string Definition = "Jint.Runtime.Interpreter.JintFunctionDefinition, Jint";
    private const string DefinitionState = "Jint.Runtime.Interpreter.JintFunctionDefinition+State, Jint";

    /// <summary>What the engine prepares for a function, once for all who run it; it is kept in the <see cref="Node.UserData"/> of the function's node. Until then, the text that the function is part of is kept there.</summary>
    /// <param name="owner">The type that has the method: null.</param>
    /// <param name="function">A function's node, whole.</param>
    /// <param name="sourceText">The text that it is part of, for <c>toString</c>.</param>
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "BuildState")]
    [return: UnsafeAccessorType(DefinitionState)]
    internal static extern object Prepare([UnsafeAccessorType(Definition)] object? owner, IFunction function, string? sourceText);

    /// <summary>Statements until the engine asks its constraints again.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_amortizedConstraintCountdown")]
    internal static extern ref int StatementsToCheck(Jint.Engine engine);

    /// <summary>An array's elements as far as they lie in one list, with null for holes; null when they are kept each with its attributes.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_dense")]
    internal static extern ref JsValue?[]? Elements(ArrayInstance array);

    /// <summary>What an object inherits from; null for a proxy, which would have to be asked.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_prototype")]
    internal static extern ref ObjectInstance? Heritage(ObjectInstance target);

    /// <summary>Whether <c>new</c> can be used with it.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_IsConstructor")]
    internal static extern bool IsConstructor(JsValue value);

    /// <summary>The body of an arrow function's node: a <see cref="FunctionBody"/> or an expression.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Body>k__BackingField")]
    internal static extern ref StatementOrExpression Body(ArrowFunctionExpression arrow);

    /// <summary>What a <c>new</c> makes an instance of.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Callee>k__BackingField")]
    internal static extern ref Expression Callee(NewExpression made);

    /// <summary>What a member's node takes a member of.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Object>k__BackingField")]
    internal static extern ref Expression Object(MemberExpression member);

    /// <summary>The key of a member's node.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Property>k__BackingField")]
    internal static extern ref Expression Property(MemberExpression member);

    /// <summary>The key of an object literal's property.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Key>k__BackingField")]
    internal static extern ref Expression Key(Property property);

    /// <summary>What a declared name or pattern is given.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Init>k__BackingField")]
    internal static extern ref Expression? Initial(VariableDeclarator declarator);

    /// <summary>What is assigned.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Right>k__BackingField")]
    internal static extern ref Expression Right(AssignmentExpression assignment);

    /// <summary>What is the default in a pattern.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Right>k__BackingField")]
    internal static extern ref Expression Right(AssignmentPattern given);

    /// <summary>How it is assigned.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Operator>k__BackingField")]
    internal static extern ref Operator Operator(AssignmentExpression assignment);

    /// <summary>What is awaited.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Argument>k__BackingField")]
    internal static extern ref Expression Argument(AwaitExpression awaited);

    /// <summary>What is returned.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Argument>k__BackingField")]
    internal static extern ref Expression? Argument(ReturnStatement returned);

    /// <summary>What is yielded.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Argument>k__BackingField")]
    internal static extern ref Expression? Argument(YieldExpression yielded);

    /// <summary>The statements of a function's body or another block.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_body")]
    internal static extern ref NodeList<Statement> Statements(BlockStatement body);

    /// <summary>The elements of an array literal.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_elements")]
    internal static extern ref NodeList<Expression?> Elements(ArrayExpression array);

    /// <summary>The statements of a case.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_consequent")]
    internal static extern ref NodeList<Statement> Statements(SwitchCase body);

    /// <summary>Where a node stands in its text.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_range")]
    internal static extern ref Acornima.Range Range(Node node);

    /// <inheritdoc cref="Range(Node)"/>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_location")]
    internal static extern ref SourceLocation Location(Node node);

    /// <summary>What a switch looks for.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Discriminant>k__BackingField")]
    internal static extern ref Expression Discriminant(SwitchStatement choice);

    /// <summary>What is done when a condition holds.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Consequent>k__BackingField")]
    internal static extern ref Statement Consequent(IfStatement choice);

    /// <summary>What is done when it does not.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Alternate>k__BackingField")]
    internal static extern ref Statement? Alternate(IfStatement choice);

    /// <summary>What a label is of.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Body>k__BackingField")]
    internal static extern ref Statement Body(LabeledStatement labeled);

    /// <summary>The label in front of a statement, if it has one.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_labelSet")]
    internal static extern ref Identifier? Label(Statement labeled);

    /// <summary>What a loop repeats.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Body>k__BackingField")]
    internal static extern ref Statement Body(ForStatement loop);

    /// <inheritdoc cref="Body(ForStatement)"/>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Body>k__BackingField")]
    internal static extern ref Statement Body(ForOfStatement loop);

    /// <inheritdoc cref="Body(ForStatement)"/>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Body>k__BackingField")]
    internal static extern ref Statement Body(ForInStatement loop);

    /// <inheritdoc cref="Body(ForStatement)"/>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Body>k__BackingField")]
    internal static extern ref Statement Body(WhileStatement loop);

    /// <inheritdoc cref="Body(ForStatement)"/>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Body>k__BackingField")]
    internal static extern ref Statement Body(DoWhileStatement loop);

    /// <summary>What a loop begins with.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Init>k__BackingField")]
    internal static extern ref StatementOrExpression? Init(ForStatement loop);

    /// <summary>What a loop gives each item to.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Left>k__BackingField")]
    internal static extern ref Node Left(ForOfStatement loop);

    /// <inheritdoc cref="Left(ForOfStatement)"/>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Left>k__BackingField")]
    internal static extern ref Node Left(ForInStatement loop);

    /// <summary>What is given what was thrown.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Param>k__BackingField")]
    internal static extern ref Node? Param(CatchClause handler);

    /// <summary>What a loop goes through.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Right>k__BackingField")]
    internal static extern ref Expression Right(ForOfStatement loop);

    /// <inheritdoc cref="Right(ForOfStatement)"/>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Right>k__BackingField")]
    internal static extern ref Expression Right(ForInStatement loop);

    /// <summary>What a class extends.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<SuperClass>k__BackingField")]
    internal static extern ref Expression? SuperClass(ClassDeclaration declared);

    /// <inheritdoc cref="SuperClass(ClassDeclaration)"/>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<SuperClass>k__BackingField")]
    internal static extern ref Expression? SuperClass(ClassExpression made);

    /// <summary>The name of a class's member.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Key>k__BackingField")]
    internal static extern ref Expression Key(ClassProperty property);

    /// <summary>The parser of texts that no script of the vat asks the engine to evaluate.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_defaultParser")]
    internal static extern ref Parser DefaultParser(Jint.Engine engine);

    /// <summary>Sets what is told of each node that a parser makes.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_OnNode")]
    internal static extern void OnNode(ParserOptions options, OnNodeHandler? handler);

    /// <summary>Sets what is told of each token that a parser reads.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_OnToken")]
    internal static extern void OnToken(ParserOptions options, OnTokenHandler? handler);

    /// <summary>The node that an engine took up last: a place in the program, for errors.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_lastSyntaxElement")]
    internal static extern ref Node? LastNode(Jint.Engine engine);

    /// <summary>What a name stands for where the engine is.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="name">The name.</param>
    /// <param name="environment">Where to begin: null for the current place.</param>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ResolveBinding")]
    internal static extern Reference ResolveBinding(Jint.Engine engine, string name, [UnsafeAccessorType("Jint.Runtime.Environments.Environment, Jint")] object? environment);

    /// <summary>The object whose properties are the names of a scope, as for <c>with</c>; undefined for others.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "WithBaseObject")]
    internal static extern JsValue WithObject([UnsafeAccessorType("Jint.Runtime.Environments.Environment, Jint")] object environment);

    /// <summary>The value of a name.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetValue")]
    internal static extern JsValue GetValue(Jint.Engine engine, Reference reference, bool returnReferenceToPool);

    /// <summary>The value of <c>this</c> where the engine is.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ResolveThisBinding")]
    internal static extern JsValue ResolveThis(Jint.Engine engine);

    /// <summary>The message that an error was made with, as long as nobody has asked for it as a property that can be changed.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    internal static extern ref JsValue? Message(JsError error);

    /// <summary>The message of an exception.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    internal static extern ref string? Message(Exception exception);

    /// <summary>The frames that a JavaScript error has been given; null when it has just been made.</summary>
    /// <param name="wrapper">The inner exception of a <see cref="JavaScriptException"/>.</param>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_callStack")]
    internal static extern ref string? Frames([UnsafeAccessorType("Jint.Runtime.JavaScriptException+JavaScriptErrorWrapperException, Jint")] object wrapper);

    /// <summary>The functions that run, innermost first.</summary>
    internal static DebugCallStack Frames(Jint.Engine engine) => Pause(engine, null, default, null, 0, PauseType.Skip, null).CallStack;

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern DebugInformation Pause(Jint.Engine engine, Node? node, in SourceLocation place, JsValue? value, long memory, PauseType type, BreakPoint? breakPoint);
}
