using System.Diagnostics.CodeAnalysis;
using Acornima;
using Acornima.Ast;
using Jint.Native.Function;
using Jint.Runtime.Debugger;

namespace Ocap.Vats.ErrorWords;

/// <summary>Where in its program an error was thrown: the node that was evaluated last, and those around it. Found out when it is asked for.</summary>
internal sealed class ErrorSite(Jint.Engine engine, ProgramTrees programs)
{
    private List<Node>? _path;
    private Node? _completed;
    private Node? _function;
    private bool _isEntered, _isSettled;

    internal Glimpse Glimpse { get; } = new(engine);

    /// <summary>The function that runs, or whose parameters are being bound.</summary>
    internal IFunction? Function
    {
        get
        {
            Settle();
            return _function as IFunction;
        }
    }

    /// <summary>It is <see cref="Function"/>'s parameters that are being bound: the nodes around are those of its call, if it has one.</summary>
    internal bool IsEntered
    {
        get
        {
            Settle();
            return _isEntered;
        }
    }

    /// <summary>The nodes around the place within the same function, innermost first.</summary>
    internal IEnumerable<Node> Around
    {
        get
        {
            for (int i = Path.Count - 1; i >= 0; i--)
            {
                if (Path[i] is IFunction && i < Path.Count - 1) yield break;
                yield return Path[i];
            }
        }
    }

    /// <summary>All nodes around the place, innermost first.</summary>
    internal IEnumerable<Node> Outward => Enumerable.Reverse(Path);

    private List<Node> Path => _path ??= EngineInternals.LastNode(engine) is { } last ? programs.PathTo(last) : [];

    /// <summary>Whether it is a call that has come back.</summary>
    internal bool IsCompleted(Node call) => ReferenceEquals(call, _completed);

    /// <summary>The node that contains another one of the path.</summary>
    internal Node? Parent(Node node) => Path.IndexOf(node) is > 0 and var i ? Path[i - 1] : null;

    /// <summary>The innermost node of a kind around the place.</summary>
    internal bool Innermost<T>([NotNullWhen(true)] out T? found, Func<T, bool>? condition = null) where T : Node
    {
        foreach (var node in Around)
        {
            if (node is T candidate && !IsCompleted(node) && condition?.Invoke(candidate) != false)
            {
                found = candidate;
                return true;
            }
        }
        found = null;
        return false;
    }

    /// <summary>Like <see cref="Innermost{T}"/>, and if there is none around the place, the first within its statement.</summary>
    internal bool Nearest<T>([NotNullWhen(true)] out T? found, Func<T, bool> condition) where T : Node
    {
        if (Innermost(out found, condition)) return true;
        foreach (var node in Around)
        {
            if (ProgramTrees.First(node, condition) is { } inside)
            {
                found = inside;
                return true;
            }
            if (node is Statement) break;
        }
        return false;
    }

    /// <summary>
    /// Makes sure that the place is one of the function that runs. The engine forgets to return from a function's last node to the call: then the place is the
    /// call, which has come back. It takes the longer the deeper the stack is, and is not needed where a name says what is meant.
    /// </summary>
    internal void Settle()
    {
        if (_isSettled) return;
        _isSettled = true;
        _path = Settled(Path);
    }

    private List<Node> Settled(List<Node> path)
    {
        var frames = EngineInternals.Frames(engine);
        _function = frames.FirstOrDefault(static frame => frame.FunctionLocation is not null)?.FunctionLocation is { } place ? programs.FunctionAt(place) : null;
        var left = path.FindLast(static node => node is IFunction);
        if (_function is null || ReferenceEquals(left, _function)) return path;
        if (left is null || (!path.Contains(_function) && path.Exists(node => node is CallExpression or NewExpression && Calls(node, _function))))
        {
            Glimpse.Look(frames);
            _isEntered = true;
            return path;
        }
        var call = ProgramTrees.First<Node>(((IFunction)_function).Body, node => node is CallExpression or NewExpression && Calls(node, left));
        _completed = call;
        return programs.PathTo(call ?? _function);
    }

    private bool Calls(Node node, Node function)
    {
        var callee = node is CallExpression call ? call.Callee : ((NewExpression)node).Callee;
        while (callee is ParenthesizedExpression inner) callee = inner.Expression;
        return ReferenceEquals(callee, function) || (Glimpse.Of(callee) is Function value && ReferenceEquals(value.FunctionDeclaration, function));
    }
}
