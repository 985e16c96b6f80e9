using Acornima.Ast;

namespace Ocap.Bundler.Scopes;

/// <summary>The names a declaration brings into being.</summary>
internal static class DeclaredNames
{
    public static IEnumerable<string> Of(Node? node) => node switch
    {
        FunctionDeclaration { Id: { } id } => [id.Name],
        ClassDeclaration { Id: { } id } => [id.Name],
        VariableDeclaration variables => variables.Declarations.SelectMany(d => Of(d.Id)),
        Identifier identifier => [identifier.Name],
        ObjectPattern pattern => pattern.Properties.SelectMany(p => Of(p is AssignmentProperty property ? property.Value : p)),
        ArrayPattern pattern => pattern.Elements.SelectMany(Of),
        AssignmentPattern pattern => Of(pattern.Left),
        RestElement rest => Of(rest.Argument),
        _ => [],
    };
}
