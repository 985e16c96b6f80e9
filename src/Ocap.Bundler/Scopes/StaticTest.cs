using Acornima;
using Acornima.Ast;

namespace Ocap.Bundler.Scopes;

/// <summary>Conditions whose outcome is known because this is a production build: comparisons of <c>process.env.NODE_ENV</c>, and what is made of them.</summary>
internal static class StaticTest
{
    public static bool? Decide(Node test) => test switch
    {
        BooleanLiteral literal => literal.Value,
        UnaryExpression { Operator: Operator.LogicalNot } not => !Decide(not.Argument),
        LogicalExpression { Operator: Operator.LogicalAnd } both => Decide(both.Left) is { } left ? left ? Decide(both.Right) : false : null,
        LogicalExpression { Operator: Operator.LogicalOr } either => Decide(either.Left) is { } left ? left ? true : Decide(either.Right) : null,
        BinaryExpression { Operator: Operator.StrictEquality or Operator.Equality } equal => AreEqual(equal),
        BinaryExpression { Operator: Operator.StrictInequality or Operator.Inequality } unequal => !AreEqual(unequal),
        _ => null,
    };

    private static bool? AreEqual(BinaryExpression comparison) =>
        Text(comparison.Left) is { } left && Text(comparison.Right) is { } right ? string.Equals(left, right, StringComparison.Ordinal) : null;

    private static string? Text(Node node) => node switch
    {
        StringLiteral literal => literal.Value,
        MemberExpression member when NodeEnvironment.IsMention(member, out _) => NodeEnvironment.Value,
        _ => null,
    };
}
