using Acornima;
using Acornima.Ast;

namespace Ocap.Vats.ErrorWords;

/// <summary>The syntax trees of what an engine has parsed, newest first, as long as it keeps them itself. A node does not know what it is part of.</summary>
internal sealed class ProgramTrees
{
    private const int Most = 256;
    private const int Deepest = 100;

    private readonly LinkedList<WeakReference<Acornima.Ast.Program>> _programs = [];

    internal void Learn(Acornima.Ast.Program program)
    {
        _programs.AddFirst(new WeakReference<Acornima.Ast.Program>(program));
        if (_programs.Count > Most) _programs.RemoveLast();
    }

    /// <summary>A node, preceded by all that contain it, outermost first.</summary>
    internal List<Node> PathTo(Node target)
    {
        List<Node> path = [];
        foreach (var known in _programs)
        {
            if (!known.TryGetTarget(out var program)) continue;
            path.Clear();
            for (Node? node = program; node is not null; node = Toward(node, target))
            {
                path.Add(node);
                if (ReferenceEquals(node, target)) return path;
            }
        }
        return [target];
    }

    /// <summary>The function of a place; null when it is not there.</summary>
    internal Node? FunctionAt(SourceLocation place)
    {
        foreach (var known in _programs)
        {
            if (!known.TryGetTarget(out var program)) continue;
            for (Node? node = program; node is not null; node = Toward(node, place))
            {
                if (node is IFunction && node.Location == place) return node;
            }
        }
        return null;
    }

    /// <summary>The first node of a kind within another one, not counting those within functions that it contains.</summary>
    internal static T? First<T>(Node node, Func<T, bool> condition, int depth = 0) where T : Node
    {
        if (node is T candidate && condition(candidate)) return candidate;
        if (depth > Deepest) return null;
        foreach (var child in node.ChildNodes)
        {
            if (child is not null and not IFunction && First(child, condition, depth + 1) is { } found) return found;
        }
        return null;
    }

    private static Node? Toward(Node node, Node target)
    {
        Node? wider = null;
        foreach (var child in node.ChildNodes)
        {
            if (child is null) continue;
            if (ReferenceEquals(child, target)) return child;
            if (wider is null && child.Start <= target.Start && child.End >= target.End) wider = child;
        }
        return wider;
    }

    private static Node? Toward(Node node, SourceLocation place)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is not null && child.Location.Start.CompareTo(place.Start) <= 0 && child.Location.End.CompareTo(place.End) >= 0) return child;
        }
        return null;
    }
}
