using Acornima.Ast;

namespace Ocap.Bundler.Scopes;

/// <summary>An identifier that stands for a variable, and the scope it is seen from.</summary>
internal readonly record struct NameUse(Identifier Node, Scope Scope)
{
    public bool IsShorthand { get; init; }

    public bool IsWrite { get; init; }

    /// <summary>See <see cref="Graph.Mention.Members"/>.</summary>
    public (string Name, int End)[]? Members { get; init; }

    /// <summary>See <see cref="Graph.Mention.CalleeEnd"/>.</summary>
    public int CalleeEnd { get; init; } = -1;
}
