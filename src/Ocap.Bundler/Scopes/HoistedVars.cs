using Acornima.Ast;

namespace Ocap.Bundler.Scopes;

/// <summary>Tells whether leaving out a statement would leave out a <c>var</c> or function that code around it can see.</summary>
internal static class HoistedVars
{
    public static bool Any(Node node) => node switch
    {
        VariableDeclaration { Kind: VariableDeclarationKind.Var } => true,
        IFunction or IClass or Expression => false,
        _ => node.ChildNodes.Any(Any),
    };
}
