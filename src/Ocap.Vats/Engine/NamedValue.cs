using Acornima.Ast;

namespace Ocap.Vats;

/// <summary>
/// A function or class without a name, named as the one that is written where it stood: <c>a = class {}</c> in a pattern names the class, but <c>a = %again1 ? … : …</c>
/// does not, and <c>({ ["a"]: class {} })["a"]</c> does. (Computed, for <c>__proto__</c> is something else.)
/// </summary>
internal static class NamedValue
{
    /// <param name="value">What may be such a function or class; all else is given back as it is.</param>
    /// <param name="name">The variable that it is named after.</param>
    internal static Expression Of(Expression value, Identifier name)
    {
        if (value is not (FunctionExpression { Id: null } or ArrowFunctionExpression or ClassExpression { Id: null })) return value;
        var property = new ObjectProperty(PropertyKind.Init, Key(), value, computed: true, shorthand: false, method: false) { Range = value.Range, Location = value.Location };
        var made = new ObjectExpression(NodeList.From<Node>(property)) { Range = value.Range, Location = value.Location };
        return new MemberExpression(made, Key(), computed: true, optional: false) { Range = value.Range, Location = value.Location };

        StringLiteral Key() => new(name.Name, $"\"{name.Name}\"") { Range = value.Range, Location = value.Location };
    }
}
