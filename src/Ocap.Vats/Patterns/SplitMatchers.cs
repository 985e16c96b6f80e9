using Jint;
using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Patterns for arrays and records with parts that must be there, parts that may, and a rest.</summary>
internal sealed class SplitMatchers(PatternMatcher matcher)
{
    private readonly Passables _passables = matcher.Passables;
    private readonly Complaints _complaints = matcher.Complaints;

    internal void Register(Dictionary<string, Matcher> matchers)
    {
        matchers.Add("match:splitArray", new(
            (specimen, payload, fail) => ConfirmArray(
                specimen, _passables.Elements(Passables.At(payload, 0)), Optional(payload) is { } optional ? _passables.Elements(optional) : [], Rest(payload), fail),
            (payload, fail) => ConfirmPayload(payload, PassStyle.CopyArray, "array", fail),
            RankCover.Of(PassStyle.CopyArray)));
        matchers.Add("match:splitRecord", new(
            ConfirmRecord,
            (payload, fail) => ConfirmPayload(payload, PassStyle.CopyRecord, "record", fail),
            RankCover.Of(PassStyle.CopyRecord)));
    }

    /// <param name="specimen">An array, such as the arguments of a call.</param>
    /// <param name="required">Patterns of the elements that must be there.</param>
    /// <param name="optional">Patterns of those that may be undefined or missing.</param>
    /// <param name="rest">Pattern of the array of further elements, or null when anything will do.</param>
    /// <param name="fail">Whether to throw.</param>
    internal bool ConfirmArray(JsValue specimen, JsValue[] required, JsValue[] optional, JsValue? rest, bool fail)
    {
        if (!matcher.ConfirmKind(specimen, "copyArray", fail))
        {
            return false;
        }

        JsValue[] items = _passables.Elements(specimen);
        if (items.Length < required.Length)
        {
            return _complaints.Reject(fail, $"Expected at least {required.Length} arguments: {specimen}");
        }

        for (int i = 0; i < Math.Min(items.Length, required.Length + optional.Length); i++)
        {
            JsValue item = items[i];
            bool isRequired = i < required.Length;
            JsValue pattern = isRequired ? required[i] : optional[i - required.Length];
            if ((isRequired || !item.IsUndefined()) && !matcher.ConfirmLabeled(item, pattern, isRequired ? $"arg {i}" : $"arg {i}?", fail))
            {
                return false;
            }
        }

        return rest is null || matcher.ConfirmLabeled(_passables.Array(items.Skip(required.Length + optional.Length)), rest, "...rest", fail);
    }

    private static JsValue? Optional(JsValue payload) => Passables.At(payload, 1) is var optional && optional.IsUndefined() ? null : optional;

    private static JsValue? Rest(JsValue payload) => Passables.At(payload, 2) is var rest && rest.IsUndefined() ? null : rest;

    private bool ConfirmRecord(JsValue specimen, JsValue payload, bool fail)
    {
        if (!matcher.ConfirmKind(specimen, "copyRecord", fail))
        {
            return false;
        }

        JsValue required = Passables.At(payload, 0);
        JsValue? optional = Optional(payload);
        List<KeyValuePair<string, JsValue>> requiredPart = [], optionalPart = [], restPart = [];
        foreach (string name in Passables.Names(specimen))
        {
            List<KeyValuePair<string, JsValue>> part = Passables.Has(required, name) ? requiredPart : optional is not null && Passables.Has(optional, name) ? optionalPart : restPart;
            part.Add(new(name, Passables.Field(specimen, name)));
        }

        if (!matcher.Confirm(_passables.Record(requiredPart), required, fail))
        {
            return false;
        }

        foreach ((string name, JsValue value) in optionalPart)
        {
            if (!value.IsUndefined() && !matcher.ConfirmLabeled(value, Passables.Field(optional!, name), name + "?", fail))
            {
                return false;
            }
        }

        return Rest(payload) is not { } rest || matcher.ConfirmLabeled(_passables.Record(restPart), rest, "...rest", fail);
    }

    private bool ConfirmPayload(JsValue payload, PassStyle style, string word, bool fail)
    {
        if (_passables.StyleOf(payload) == PassStyle.CopyArray && Passables.Length(payload) is >= 1 and <= 3)
        {
            JsValue required = Passables.At(payload, 0);
            if (matcher.IsPattern(required) && _passables.StyleOf(required) == style
                && (Optional(payload) is not { } optional || (matcher.IsPattern(optional) && _passables.StyleOf(optional) == style))
                && (Rest(payload) is not { } rest || matcher.IsPattern(rest)))
            {
                return true;
            }
        }

        return _complaints.Reject(
            fail, $"Must be an array of a requiredPatt {word}, an optional optionalPatt {word}, and an optional restPatt: {payload}");
    }
}
