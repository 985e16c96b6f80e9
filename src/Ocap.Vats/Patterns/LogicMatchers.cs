using Jint;
using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Patterns made of other patterns, and those that ask what sort of data something is.</summary>
internal sealed class LogicMatchers(PatternMatcher matcher)
{
    private readonly Passables _passables = matcher.Passables;
    private readonly Complaints _complaints = matcher.Complaints;

    internal void Register(Dictionary<string, Matcher> matchers)
    {
        Keys keys = matcher.Keys;
        matchers.Add("match:any", new(static (_, _, _) => true, ConfirmNothing, RankCover.All));
        matchers.Add("match:scalar", new((specimen, _, fail) => keys.ConfirmScalar(specimen, fail), ConfirmNothing, RankCover.AnyKey));
        matchers.Add("match:key", new((specimen, _, fail) => keys.Confirm(specimen, fail), ConfirmNothing, RankCover.AnyKey));
        matchers.Add("match:pattern", new((specimen, _, fail) => matcher.ConfirmPattern(specimen, fail), ConfirmNothing, RankCover.AnyKey));
        matchers.Add("match:and", new(ConfirmAnd, ConfirmParts, (parts, encode) => RankCover.Intersect(Covers(parts, encode))));
        matchers.Add("match:or", new(ConfirmOr, ConfirmParts, (parts, encode) => RankCover.Unite(Covers(parts, encode))));
        matchers.Add("match:not", new(ConfirmNot, matcher.ConfirmPattern, RankCover.All));
        matchers.Add("match:kind", new(
            (specimen, kind, fail) => matcher.ConfirmKind(specimen, kind.ToString(), fail),
            (payload, fail) => payload is JsString || _complaints.Reject(fail, $"match:kind: payload: {payload} - A kind name must be a string"),
            (kind, _) => CoverOfKind(kind.ToString())));
        matchers.Add("match:tagged", new(ConfirmTagged, ConfirmTaggedPayload, RankCover.Of(PassStyle.Tagged)));
    }

    private bool ConfirmNothing(JsValue payload, bool fail) =>
        payload.IsUndefined() || _complaints.Reject(fail, $"match:any payload: {payload} - Must be undefined");

    private IEnumerable<RankCover> Covers(JsValue parts, Func<JsValue, string> encode) =>
        _passables.Elements(parts).Select(part => matcher.CoverOf(part, encode));

    private bool ConfirmParts(JsValue parts, bool fail) =>
        (_passables.StyleOf(parts) == PassStyle.CopyArray || _complaints.Reject(fail, $"Needs array of sub-patterns: {matcher.Justin(parts, fail)}"))
        && Array.TrueForAll(_passables.Elements(parts), part => matcher.ConfirmPattern(part, fail));

    private bool ConfirmAnd(JsValue specimen, JsValue parts, bool fail)
    {
        foreach (JsValue part in _passables.Elements(parts))
        {
            if (!matcher.Confirm(specimen, part, fail))
            {
                return false;
            }
        }

        return true;
    }

    private bool ConfirmOr(JsValue specimen, JsValue payload, bool fail)
    {
        JsValue[] parts = _passables.Elements(payload);
        if (parts.Length == 0)
        {
            return _complaints.Reject(fail, $"{specimen} - no pattern disjuncts to match: {matcher.Justin(payload, fail)}");
        }

        // Of two, one of which is undefined, the other says best what is wrong.
        if (parts.Length == 2 && Array.FindIndex(parts, matcher.IsUndefinedPattern) is >= 0 and var index)
        {
            return specimen.IsUndefined() || matcher.Confirm(specimen, parts[1 - index], fail);
        }

        return Array.Exists(parts, part => matcher.Matches(specimen, part))
            || _complaints.Reject(fail, $"{specimen} - Must match one of {matcher.Justin(payload, fail)}");
    }

    private bool ConfirmNot(JsValue specimen, JsValue pattern, bool fail) =>
        !matcher.Matches(specimen, pattern) || _complaints.Reject(fail, $"{specimen} - Must fail negated pattern: {matcher.Justin(pattern, fail)}");

    private bool ConfirmTagged(JsValue specimen, JsValue payload, bool fail)
    {
        PassStyle style = _passables.StyleOf(specimen);
        return style != PassStyle.Tagged
            ? _complaints.Reject(fail, $"Expected tagged object, not {Quoting.Quote(style.Name())}: {specimen}")
            : matcher.ConfirmLabeled(_passables.TagOf(specimen), Passables.At(payload, 0), "tag", fail)
                && matcher.ConfirmLabeled(Passables.Payload(specimen), Passables.At(payload, 1), "payload", fail);
    }

    private bool ConfirmTaggedPayload(JsValue payload, bool fail) => matcher.ConfirmLabeled(
        payload, _passables.Array(matcher.Patterns.Pattern, matcher.Patterns.Pattern), "match:tagged payload", fail);

    private RankCover CoverOfKind(string kind)
    {
        if (kind is "copySet" or "copyMap")
        {
            return RankCover.Of(PassStyle.Tagged);
        }

        foreach (PassStyle style in Enum.GetValues<PassStyle>())
        {
            if (string.Equals(style.Name(), kind, StringComparison.Ordinal))
            {
                return RankCover.Of(style);
            }
        }

        throw _passables.Realm.Fail("Cannot read properties of undefined (reading 'cover')", "TypeError");
    }
}
