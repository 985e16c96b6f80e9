using Acornima.Ast;

namespace Ocap.Vats.ErrorWords;

/// <summary>Names that are used before they have a value.</summary>
internal static class NameWords
{
    internal static string? Of(ErrorSite site, string message)
    {
        if (message.Between("", " has not been initialized") is { } name) return Early(name);
        // Reading a name that nothing declares is no error here: what is not defined is assigned to, or is a parameter that has no value yet.
        if (message.Between("", " is not defined") is { } missing && site.Innermost<AssignmentExpression>(out _) is false && site.Function is { } function && function.Params.Any(parameter => Declares(parameter, missing))) return Early(missing);
        return null;
    }

    private static string Early(string name) => $"Cannot access '{name}' before initialization";

    private static bool Declares(Node parameter, string name) => parameter switch
    {
        Identifier identifier => string.Equals(identifier.Name, name, StringComparison.Ordinal),
        AssignmentPattern pattern => Declares(pattern.Left, name),
        _ => ProgramTrees.First<Identifier>(parameter, identifier => string.Equals(identifier.Name, name, StringComparison.Ordinal)) is not null,
    };
}
