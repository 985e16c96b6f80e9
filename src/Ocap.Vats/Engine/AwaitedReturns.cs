using Acornima;
using Acornima.Ast;

namespace Ocap.Vats;

/// <summary>
/// What an async generator returns is awaited where it returns it. The engine awaits it when the generator has ended: a <c>catch</c> around <c>return refused()</c> was not
/// run, and <c>finally</c> ran before the promise was settled. So there <c>return x</c> is changed to <c>return await x</c>, before the function runs.
/// </summary>
internal sealed class AwaitedReturns : AstVisitor
{
    private int _tries;

    private AwaitedReturns()
    {
    }

    /// <summary>Changes a function that has just been parsed, if it has to be.</summary>
    /// <param name="function">A function's node, whole.</param>
    internal static void Adjust(IFunction function)
    {
        if (function is not { Async: true, Generator: true, Body: FunctionBody body }) return;
        var returns = new AwaitedReturns();
        foreach (Statement statement in body.Body) returns.Visit(statement);
    }

    public override object? Visit(Node node)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return node is IFunction or Expression ? node : base.Visit(node);
    }

    protected override object? VisitTryStatement(TryStatement attempt)
    {
        _tries++;
        base.VisitTryStatement(attempt);
        _tries--;
        return attempt;
    }

    protected override object? VisitReturnStatement(ReturnStatement returned)
    {
        // Elsewhere nothing tells the two apart.
        if (_tries > 0 && returned.Argument is { } argument)
        {
            EngineInternals.Argument(returned) = new AwaitExpression(argument) { Range = argument.Range, Location = argument.Location };
        }

        return returned;
    }
}
