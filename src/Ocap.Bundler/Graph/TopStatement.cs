using Acornima.Ast;

namespace Ocap.Bundler.Graph;

/// <summary>A statement at a module's top level: the least that can be left out of a bundle.</summary>
/// <param name="node">The statement, or the declaration that it exports.</param>
/// <param name="start">Where it starts in the source, <c>export</c> included.</param>
/// <param name="end">Where it ends.</param>
/// <param name="next">Where what follows it starts.</param>
/// <param name="declared">The top-level names it declares.</param>
internal sealed class TopStatement(Node node, int start, int end, int next, string[] declared)
{
    public Node Node { get; } = node;

    public int Start { get; } = start;

    public int End { get; } = end;

    public int Next { get; } = next;

    public string[] Declared { get; } = declared;

    /// <summary>Its part of <see cref="ModuleContents.Mentions"/>.</summary>
    public Range Mentions { get; set; }

    /// <summary>Whether it goes into the bundle.</summary>
    public bool IsLive { get; set; }
}
