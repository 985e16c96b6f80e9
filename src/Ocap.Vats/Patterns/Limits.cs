using System.Globalization;
using Jint;
using Jint.Native;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>How large data may be that patterns let pass, unless the pattern says otherwise as the last part of its payload.</summary>
internal sealed class Limits(PatternMatcher matcher)
{
    /// <summary>The limits of a payload that has <paramref name="parts"/> parts before them, by name.</summary>
    internal static double Of(JsValue payload, int parts, string name, double standard) =>
        Passables.Length(payload) > parts && Passables.At(payload, parts) is var limits && !limits.IsUndefined() && Passables.Field(limits, name) is JsNumber limit
            ? limit.AsNumber()
            : standard;

    /// <summary>Whether a payload is an array of the wanted parts, and of limits perhaps.</summary>
    internal bool ConfirmPayload(JsValue payload, string prefix, bool fail, params ReadOnlySpan<Func<JsValue, bool, bool>> parts)
    {
        Complaints complaints = matcher.Complaints;
        string name = Quoting.Quote(prefix);
        if (!matcher.Passables.Realm.IsArray(payload))
        {
            return complaints.Reject(fail, $"{name} payload must be an array: {payload}");
        }

        int length = Passables.Length(payload);
        if (length != parts.Length && length != parts.Length + 1)
        {
            return complaints.Reject(fail, $"{name} payload unexpected size: {payload}");
        }

        for (int i = 0; i < parts.Length; i++)
        {
            JsValue part = Passables.At(payload, i);
            Func<JsValue, bool, bool> confirm = parts[i];
            if (!complaints.Labeled($"{prefix}: [{i}]", () => confirm(part, fail)))
            {
                return false;
            }
        }

        return length == parts.Length || ConfirmLimits(Passables.At(payload, parts.Length), fail);
    }

    internal bool ConfirmDigits(JsValue specimen, double limit, bool fail)
    {
        // As many digits as the logarithm of the nearest double says.
        double digits = Math.Floor(Math.Log10(Math.Abs((double)specimen.AsBigInt()))) + 1;
        return digits <= limit || matcher.Complaints.Reject(fail, $"bigint {specimen} must not have more than {Text(limit)} digits");
    }

    internal static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private bool ConfirmLimits(JsValue limits, bool fail)
    {
        if (limits.IsUndefined())
        {
            return true;
        }

        if (matcher.Passables.StyleOf(limits) != PassStyle.CopyRecord)
        {
            return matcher.Complaints.Reject(fail, $"Limits must be a record: {limits}");
        }

        foreach (string name in Passables.Names(limits))
        {
            if (Passables.Field(limits, name) is var value and not JsNumber)
            {
                return matcher.Complaints.Reject(fail, $"Value of limit {Quoting.Quote(name)} but be a number: {value}");
            }
        }

        return true;
    }
}
