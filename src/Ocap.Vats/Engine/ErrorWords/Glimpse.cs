using Acornima;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Debugger;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.ErrorWords;

/// <summary>
/// What an expression's value is, as far as that can be told without running any code: names, <c>this</c>, literals, and the data properties of objects that are
/// no proxies. An error's words may say too little because of what it cannot tell, never do anything.
/// </summary>
internal sealed class Glimpse(Jint.Engine engine)
{
    private const int Deepest = 64;

    // The engine keeps the type of its proxies to itself.
    private static Type? s_proxy;

    private DebugScopes? _scopes;

    internal static void LearnProxies(Jint.Engine engine) =>
        s_proxy ??= ((Constructor)engine.Global.Get("Proxy")).Construct([new JsObject(engine), new JsObject(engine)], engine.Global.Get("Proxy")).GetType();

    internal static bool IsProxy(JsValue value) => value.GetType() == s_proxy;

    /// <summary>Looks from where a function was called that has not begun yet.</summary>
    internal void Look(DebugCallStack frames) => _scopes = frames.Count > 1 ? frames[1].ScopeChain : null;

    /// <summary>The value of an expression; null when it cannot be told.</summary>
    internal JsValue? Of(Node? expression) => Of(expression, 0);

    /// <summary>The value that an object, or one of its prototypes, has for a name as data; undefined when there is none, null when it cannot be told.</summary>
    internal static JsValue? Property(JsValue target, JsValue key)
    {
        if (Descriptor(target, key, out bool isKnown) is not { } descriptor) return isKnown ? JsValue.Undefined : null;
        return descriptor.IsAccessorDescriptor() ? null : descriptor.Value;
    }

    /// <summary>The property of an object, or of one of its prototypes.</summary>
    internal static PropertyDescriptor? Descriptor(JsValue target, JsValue key, out bool isKnown)
    {
        isKnown = false;
        if (target is JsString text)
        {
            isKnown = true;
            return key.ToString() is "length" ? new PropertyDescriptor(text.Length, PropertyFlag.AllForbidden)
                : uint.TryParse(key.ToString(), out uint index) && index < text.Length ? new PropertyDescriptor(text[(int)index].ToString(), PropertyFlag.AllForbidden)
                : null;
        }
        int depth = 0;
        for (var current = target as ObjectInstance; current is not null; current = current.Prototype)
        {
            if (IsProxy(current) || ++depth > Deepest) return null;
            if (current.GetOwnProperty(key) is { } own && own != PropertyDescriptor.Undefined)
            {
                isKnown = true;
                return own;
            }
        }
        isKnown = target is ObjectInstance;
        return null;
    }

    /// <summary>The key that a member expression or pattern property names; null when it cannot be told.</summary>
    internal JsValue? Key(Node key, bool isComputed) => key switch
    {
        Identifier name when !isComputed => new JsString(name.Name),
        StringLiteral literal => new JsString(literal.Value),
        NumericLiteral number => new JsString(JsNumber.Create(number.Value).ToString()),
        _ when isComputed => Of(key) switch
        {
            JsSymbol symbol => symbol,
            null or ObjectInstance => null,
            var value => new JsString(value.ToString()),
        },
        _ => null,
    };

    internal JsValue? Lookup(string name)
    {
        if (name is "undefined") return JsValue.Undefined;
        if (_scopes is not null)
        {
            foreach (var scope in _scopes)
            {
                if (scope.ScopeType is not DebugScopeType.Global && scope.BindingNames.Contains(name, StringComparer.Ordinal)) return scope.GetBindingValue(name);
            }
        }
        if (engine.Global.GetOwnProperty(name) is { } own && own != PropertyDescriptor.Undefined && own.IsAccessorDescriptor()) return null;
        try
        {
            var reference = EngineInternals.ResolveBinding(engine, name, null);
            // A compartment's globals are behind a proxy: they may have code.
            return !reference.IsUnresolvableReference && EngineInternals.WithObject(reference.Base) is not JsUndefined ? null : EngineInternals.GetValue(engine, reference, false);
        }
        catch (JintException)
        {
            return null; // it is not initialized
        }
    }

    private JsValue? Of(Node? expression, int depth)
    {
        if (depth > Deepest) return null;
        switch (expression)
        {
            case Identifier name: return Lookup(name.Name);
            case ThisExpression: return This();
            case StringLiteral literal: return new JsString(literal.Value);
            case NumericLiteral literal: return JsNumber.Create(literal.Value);
            case BooleanLiteral literal: return literal.Value ? JsBoolean.True : JsBoolean.False;
            case BigIntLiteral literal: return new JsBigInt(literal.Value);
            case NullLiteral: return JsValue.Null;
            case TemplateLiteral { Expressions.Count: 0, Quasis: [var only] }: return only.Value.Cooked is { } cooked ? new JsString(cooked) : null;
            case UnaryExpression { Operator: Operator.Void }: return JsValue.Undefined;
            case UnaryExpression { Operator: Operator.UnaryNegation, Argument: NumericLiteral number }: return JsNumber.Create(-number.Value);
            case BinaryExpression { Operator: Operator.Addition } sum: return Sum(Of(sum.Left, depth + 1), Of(sum.Right, depth + 1));
            case ParenthesizedExpression inner: return Of(inner.Expression, depth + 1);
            case ChainExpression chain: return Of(chain.Expression, depth + 1);
            // These return what they are given.
            case CallExpression { Callee: Identifier { Name: "harden" }, Arguments: [var hardened] }: return Of(hardened, depth + 1);
            case CallExpression { Callee: MemberExpression { Object: Identifier { Name: "Object" }, Property: Identifier { Name: "freeze" or "seal" or "preventExtensions" } }, Arguments: [var frozen] }: return Of(frozen, depth + 1);
            case MemberExpression { Object: not Super } member:
                return Of(member.Object, depth + 1) is { } target && Key(member.Property, member.Computed) is { } key ? Property(target, key) : null;
            default: return null;
        }
    }

    private static JsNumber? Sum(JsValue? left, JsValue? right) => left is JsNumber a && right is JsNumber b ? JsNumber.Create(a.AsNumber() + b.AsNumber()) : null;

    private JsValue? This()
    {
        try
        {
            return EngineInternals.ResolveThis(engine);
        }
        catch (JintException)
        {
            return null;
        }
    }
}
