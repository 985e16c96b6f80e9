using Jint;
using Jint.Native;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Exos;

/// <summary>The guards of an object's methods, as vat code made them with <c>M.interface(…)</c>.</summary>
internal sealed class InterfaceGuard
{
    private readonly PatternMatcher _matcher;
    private readonly List<KeyValuePair<JsValue, JsValue>> _methods = [];

    private InterfaceGuard(PatternMatcher matcher, JsValue payload)
    {
        _matcher = matcher;
        InterfaceName = Passables.Field(payload, "interfaceName").ToString();
        JsValue methods = Passables.Field(payload, "methodGuards"), symbols = Passables.Field(payload, "symbolMethodGuards");
        _methods.AddRange(Passables.Names(methods).Select(name => KeyValuePair.Create((JsValue)name, Passables.Field(methods, name))));
        if (!symbols.IsUndefined())
        {
            _methods.AddRange(matcher.Keys.Collections.MapEntries(symbols));
        }

        JsValue standard = Passables.Field(payload, "defaultGuards");
        Default = standard is JsString name ? name.ToString() : Passables.Field(payload, "sloppy").IsBoolean() && Passables.Field(payload, "sloppy").AsBoolean() ? "passable" : null;
    }

    internal string InterfaceName { get; }

    /// <summary>How methods without a guard are guarded; null when there may be none.</summary>
    internal string? Default { get; }

    internal IEnumerable<JsValue> Names => _methods.Select(static method => method.Key);

    internal static InterfaceGuard Read(PatternMatcher matcher, JsValue guard)
    {
        if (matcher.Matches(guard, matcher.Patterns.Kind("guard:interfaceGuard")))
        {
            return new(matcher, Passables.Payload(guard));
        }

        matcher.MustMatch(guard, new LegacyGuards(matcher.Patterns).Interface(), "legacyInterfaceGuard");
        return new(matcher, guard);
    }

    internal MethodGuard? Of(JsValue name)
    {
        foreach ((JsValue guarded, JsValue guard) in _methods)
        {
            if (guarded == name)
            {
                return MethodGuard.Read(_matcher, guard);
            }
        }

        return null;
    }
}
