using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Exos;

/// <summary>What a method takes and gives, taken apart once so that a call needs to make no patterns.</summary>
internal sealed class MethodGuard
{
    // What stands for an argument that is not to be looked at.
    private static readonly JsString Redacted = new("<redacted raw arg>");

    private readonly bool[] _isRaw;

    private MethodGuard(JsValue[] required, JsValue[] optional, JsValue? rest, JsValue returns, bool hasRest, bool restIsRaw, bool returnIsRaw, bool isAsync, int[] awaited)
    {
        _isRaw = [.. required.Concat(optional).Select(static pattern => ReferenceEquals(pattern, Redacted))];
        (Required, Optional, Rest, Returns) = (required, optional, rest, returns);
        (HasRest, RestIsRaw, ReturnIsRaw, IsAsync, Awaited) = (hasRest, restIsRaw, returnIsRaw, isAsync, awaited);
    }

    internal JsValue[] Required { get; }

    internal JsValue[] Optional { get; }

    /// <summary>Pattern for the array of further arguments; null when anything will do.</summary>
    internal JsValue? Rest { get; }

    internal JsValue Returns { get; }

    internal bool HasRest { get; }

    internal bool RestIsRaw { get; }

    internal bool ReturnIsRaw { get; }

    internal bool IsAsync { get; }

    /// <summary>Which arguments are promises to be waited for.</summary>
    internal int[] Awaited { get; }

    internal int Declared => Required.Length + Optional.Length;

    /// <summary>Whether nothing is looked at: neither arguments nor answer.</summary>
    internal bool IsOpen => Declared == 0 && RestIsRaw && ReturnIsRaw;

    /// <summary>Lets everything pass as it is.</summary>
    internal static MethodGuard Raw { get; } = new([], [], null, JsValue.Undefined, hasRest: true, restIsRaw: true, returnIsRaw: true, isAsync: false, []);

    /// <summary>Lets everything pass that could travel.</summary>
    internal static MethodGuard Passable(PatternMatcher matcher) =>
        new([], [], null, matcher.Patterns.Any, hasRest: true, restIsRaw: false, returnIsRaw: false, isAsync: false, []);

    /// <summary>From a guard that vat code made with <c>M.call(…)</c> or <c>M.callWhen(…)</c>.</summary>
    internal static MethodGuard Read(PatternMatcher matcher, JsValue guard)
    {
        bool isLegacy = !matcher.Matches(guard, matcher.Patterns.Kind("guard:methodGuard"));
        if (isLegacy)
        {
            matcher.MustMatch(guard, new LegacyGuards(matcher.Patterns).Method(), "legacyMethodGuard");
        }

        JsValue payload = isLegacy ? guard : Passables.Payload(guard);
        bool isAsync = Passables.Field(payload, "callKind") is JsString kind && kind == "async";
        JsValue[] required = matcher.Passables.Elements(Passables.Field(payload, "argGuards"));
        JsValue given = Passables.Field(payload, "optionalArgGuards");
        JsValue[] optional = given.IsUndefined() ? [] : matcher.Passables.Elements(given);
        JsValue rest = Passables.Field(payload, "restArgGuard"), returns = Passables.Field(payload, "returnGuard");
        if (isLegacy && rest.IsUndefined())
        {
            rest = matcher.Patterns.Any;
        }

        List<int> awaited = [];
        JsValue[] patterns = [.. required.Concat(optional).Select((pattern, index) => Argument(matcher, pattern, index, awaited))];
        bool restIsRaw = IsKind(matcher, rest, "guard:rawGuard");
        return new(
            patterns[..required.Length],
            patterns[required.Length..],
            rest.IsUndefined() || restIsRaw || matcher.IsAny(rest) ? null : rest,
            returns,
            hasRest: !rest.IsUndefined(),
            restIsRaw,
            IsKind(matcher, returns, "guard:rawGuard"),
            isAsync,
            [.. awaited]);
    }

    /// <summary>The arguments as they are matched: raw ones replaced.</summary>
    internal JsValue[] Matchable(JsValue[] arguments)
    {
        JsValue[] matchable = RestIsRaw && arguments.Length > Declared ? arguments[..Declared] : arguments;
        if (!Array.Exists(_isRaw, static raw => raw))
        {
            return matchable;
        }

        matchable = [.. matchable];
        for (int i = 0; i < Math.Min(_isRaw.Length, matchable.Length); i++)
        {
            matchable[i] = _isRaw[i] ? Redacted : matchable[i];
        }

        return matchable;
    }

    private static bool IsKind(PatternMatcher matcher, JsValue guard, string kind) =>
        guard is ObjectInstance && string.Equals(matcher.KindOf(guard, fail: false), kind, StringComparison.Ordinal);

    private static JsValue Argument(PatternMatcher matcher, JsValue pattern, int index, List<int> awaited)
    {
        if (IsKind(matcher, pattern, "guard:awaitArgGuard"))
        {
            awaited.Add(index);
            pattern = Passables.Field(Passables.Payload(pattern), "argGuard");
        }
        else if (pattern is ObjectInstance && matcher.Matches(pattern, new LegacyGuards(matcher.Patterns).Await()))
        {
            awaited.Add(index);
            pattern = Passables.Field(pattern, "argGuard");
        }

        return IsKind(matcher, pattern, "guard:rawGuard") ? Redacted : pattern;
    }
}
