using Acornima;
using Acornima.Ast;
using Jint;

namespace Ocap.Vats;

/// <summary>
/// Turns the engine's proper tail calls off. Programs are written for engines that have none: there, recursion without end is a RangeError, where here it
/// would run until the crank's time is over, and every caller is in the stack trace. The engine marks such calls when a function is first called; to a function
/// that says it has been marked, it does nothing.
/// </summary>
internal static class TailCalls
{
    private static readonly OnNodeHandler AsItIsParsed = Prepare;

    /// <summary>For a script, before it is run, and for all that it evaluates.</summary>
    internal static void TurnOff(Prepared<Script> script)
    {
        new Marker().Visit(script.Program!);
        EngineInternals.OnNode(script.ParserOptions!, AsItIsParsed);
    }

    /// <summary>For texts that are evaluated while no script runs.</summary>
    internal static void TurnOff(Jint.Engine engine) => EngineInternals.OnNode(EngineInternals.DefaultParser(engine).Options, AsItIsParsed);

    private static void Prepare(Node node, in OnNodeContext context)
    {
        if (node is IFunction function)
        {
            object state = EngineInternals.Prepare(null, function, context.Input);
            EngineInternals.TailCallsAreMarked(state) = 1;
            node.UserData = state;
        }
        else if (node is IClass)
        {
            node.UserData = context.Input;
        }
    }

    private sealed class Marker : AstVisitor
    {
        public override object? Visit(Node node)
        {
            if (node is IFunction && node.UserData is { } state) EngineInternals.TailCallsAreMarked(state) = 1;
            return base.Visit(node);
        }
    }
}
