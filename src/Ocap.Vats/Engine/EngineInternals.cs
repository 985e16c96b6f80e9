using System.Runtime.CompilerServices;
using Acornima;
using Acornima.Ast;

namespace Ocap.Vats;

/// <summary>
/// The few members of the engine that it has no public name for. They are bound when this is compiled, without reflection; a version of the engine that no
/// longer has them fails at the first vat, with a <see cref="MissingMemberException"/>.
/// </summary>
internal static class EngineInternals
{
    private const string Definition = "Jint.Runtime.Interpreter.JintFunctionDefinition, Jint";
    private const string DefinitionState = "Jint.Runtime.Interpreter.JintFunctionDefinition+State, Jint";

    /// <summary>What the engine prepares for a function, once for all who run it; it is kept in the <see cref="Node.UserData"/> of the function's node.</summary>
    /// <param name="owner">The type that has the method: null.</param>
    /// <param name="function">A function's node, whole.</param>
    /// <param name="sourceText">The text that it is part of, for <c>toString</c>.</param>
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "BuildState")]
    [return: UnsafeAccessorType(DefinitionState)]
    internal static extern object Prepare([UnsafeAccessorType(Definition)] object? owner, IFunction function, string? sourceText);

    /// <summary>Whether the calls in a function's tail positions have been marked as such: 0 or 1.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "TailCallMarkersInitialized")]
    internal static extern ref int TailCallsAreMarked([UnsafeAccessorType(DefinitionState)] object state);

    /// <summary>The body of an arrow function's node: a <see cref="FunctionBody"/> or an expression.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Body>k__BackingField")]
    internal static extern ref StatementOrExpression Body(ArrowFunctionExpression arrow);

    /// <summary>The parser of texts that no script of the vat asks the engine to evaluate.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_defaultParser")]
    internal static extern ref Parser DefaultParser(Jint.Engine engine);

    /// <summary>Sets what is told of each node that a parser makes.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_OnNode")]
    internal static extern void OnNode(ParserOptions options, OnNodeHandler? handler);
}
