using System.Diagnostics.CodeAnalysis;
using Acornima.Ast;

namespace Ocap.Bundler.Scopes;

/// <summary><c>process.env.NODE_ENV</c>, by which packages choose between their builds.</summary>
internal static class NodeEnvironment
{
    public const string Value = "production";

    public static bool IsMention(MemberExpression member, [NotNullWhen(true)] out Identifier? process)
    {
        process = null;
        if (IsNamed(member, "NODE_ENV") && member.Object is MemberExpression { Object: Identifier { Name: "process" } root } env && IsNamed(env, "env"))
        {
            process = root;
        }
        return process is not null;
    }

    private static bool IsNamed(MemberExpression member, string name) => member.Property switch
    {
        Identifier identifier => !member.Computed && string.Equals(identifier.Name, name, StringComparison.Ordinal),
        StringLiteral literal => string.Equals(literal.Value, name, StringComparison.Ordinal),
        _ => false,
    };
}
