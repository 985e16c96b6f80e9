using Jint;
using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Patterns for data without parts, and those that compare.</summary>
internal sealed class ScalarMatchers(PatternMatcher matcher)
{
    private readonly Complaints _complaints = matcher.Complaints;
    private readonly Limits _limits = new(matcher);

    internal void Register(Dictionary<string, Matcher> matchers)
    {
        matchers.Add("match:bigint", Limited("bigint", PassStyle.BigInt, ConfirmBigInt));
        matchers.Add("match:nat", Limited("nat", PassStyle.BigInt, ConfirmNat));
        matchers.Add("match:string", Limited("string", PassStyle.String, ConfirmString));
        matchers.Add("match:symbol", Limited("symbol", PassStyle.Symbol, ConfirmSymbol));
        matchers.Add("match:byteArray", Limited("byteArray", PassStyle.ByteArray, ConfirmByteArray));
        matchers.Add("match:remotable", Named("remotable", PassStyle.Remotable));
        matchers.Add("match:promise", Named("promise", PassStyle.Promise));
        matchers.Add("match:lt", Ordered("<", static order => order < 0, upTo: true));
        matchers.Add("match:lte", Ordered("<=", static order => order <= 0, upTo: true));
        matchers.Add("match:gte", Ordered(">=", static order => order >= 0, upTo: false));
        matchers.Add("match:gt", Ordered(">", static order => order > 0, upTo: false));
    }

    private Matcher Limited(string name, PassStyle style, Func<JsValue, JsValue, bool, bool> confirm) =>
        new(confirm, (payload, fail) => _limits.ConfirmPayload(payload, $"match:{name} payload", fail), RankCover.Of(style));

    private bool ConfirmBigInt(JsValue specimen, JsValue payload, bool fail) =>
        matcher.ConfirmKind(specimen, "bigint", fail)
        && _limits.ConfirmDigits(specimen, Limits.Of(payload, 0, "decimalDigitsLimit", 100), fail);

    private bool ConfirmNat(JsValue specimen, JsValue payload, bool fail) =>
        matcher.ConfirmKind(specimen, "bigint", fail)
        && (specimen.AsBigInt().Sign >= 0 || _complaints.Reject(fail, $"{specimen} - Must be non-negative"))
        && _limits.ConfirmDigits(specimen, Limits.Of(payload, 0, "decimalDigitsLimit", 100), fail);

    private bool ConfirmString(JsValue specimen, JsValue payload, bool fail)
    {
        double limit = Limits.Of(payload, 0, "stringLengthLimit", 100_000);
        return matcher.ConfirmKind(specimen, "string", fail)
            && (specimen.ToString().Length <= limit || _complaints.Reject(fail, $"string {specimen} must not be bigger than {Limits.Text(limit)}"));
    }

    private bool ConfirmSymbol(JsValue specimen, JsValue payload, bool fail)
    {
        double limit = Limits.Of(payload, 0, "symbolNameLengthLimit", 100);
        return matcher.ConfirmKind(specimen, "symbol", fail)
            && matcher.Passables.Styles.Symbols.NameOf((JsSymbol)specimen)! is var name
            && (name.Length <= limit || _complaints.Reject(fail, $"Symbol name {Quoting.Quote(name)} must not be bigger than {Limits.Text(limit)}"));
    }

    private bool ConfirmByteArray(JsValue specimen, JsValue payload, bool fail)
    {
        double limit = Limits.Of(payload, 0, "byteLengthLimit", 100_000);
        return matcher.ConfirmKind(specimen, "byteArray", fail)
            && (specimen.AsArrayBuffer()!.Length <= limit || _complaints.Reject(fail, $"byteArray {specimen} must not be bigger than {Limits.Text(limit)}"));
    }

    private Matcher Named(string kind, PassStyle style) => new(
        (specimen, payload, fail) => matcher.ConfirmKind(specimen, kind, fail: false)
            || _complaints.Reject(fail, $"{specimen} - Must be a {kind} {PatternMatcher.Bare(Passables.Field(payload, "label").ToString())}, not {Details(specimen)}"),
        (payload, fail) => matcher.ConfirmLabeled(
            payload, matcher.Patterns.Record(new KeyValuePair<string, JsValue>("label", matcher.Patterns.String)), $"match:{kind} payload", fail),
        RankCover.Of(style));

    private string Details(JsValue specimen)
    {
        PassStyle style = matcher.Passables.StyleOf(specimen);
        return style == PassStyle.Tagged ? Quoting.Quote(matcher.Passables.TagOf(specimen)) : PatternMatcher.Bare(style.Name());
    }

    private Matcher Ordered(string sign, Func<double, bool> holds, bool upTo) => new(
        (specimen, operand, fail) => holds(matcher.Order.Compare(specimen, operand)) || _complaints.Reject(fail, $"{specimen} - Must be {sign} {operand}"),
        matcher.Keys.Confirm,
        (operand, encode) =>
        {
            RankCover cover = RankCover.Of(matcher.Passables.StyleOf(operand));
            return upTo ? cover with { End = encode(operand) + "~" } : cover with { Start = encode(operand) };
        });
}
