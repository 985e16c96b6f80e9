using System.Globalization;
using System.Text;

namespace Ocap.Marshal;

/// <summary>Numbers as JavaScript prints them (ECMA-262, Number::toString with radix 10).</summary>
public static class JsNumber
{
    /// <summary>The text <c>String(value)</c> gives: shortest digits that read back, <c>1e+21</c>, <c>1e-7</c>, <c>0</c> for -0, <c>NaN</c>, <c>-Infinity</c>.</summary>
    public static string ToText(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }
        if (double.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        // Integers below 2^53 are the common case, and need none of what follows; -0 is one of them and prints as 0.
        if (Math.Abs(value) < 9007199254740992 && value == Math.Truncate(value))
        {
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        }
        // .NET agrees on the digits (shortest that read back, nearest of those); only their layout differs.
        return Layout(ShortestDigits(value, out int exponent), exponent, value < 0);
    }

    /// <summary>Digits d1d2…dk without zeros at either end, and n such that the magnitude is 0.d1d2…dk × 10^n.</summary>
    private static string ShortestDigits(double value, out int exponent)
    {
        Span<char> scratch = stackalloc char[32];
        Math.Abs(value).TryFormat(scratch, out int length, "R", CultureInfo.InvariantCulture);
        ReadOnlySpan<char> text = scratch[..length];
        exponent = 0;
        int e = text.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }
        int dot = text.IndexOf('.');
        exponent += dot < 0 ? text.Length : dot;
        string digits = dot < 0 ? text.ToString() : string.Concat(text[..dot], text[(dot + 1)..]);
        string withoutLead = digits.TrimStart('0');
        exponent -= digits.Length - withoutLead.Length;
        return withoutLead.TrimEnd('0');
    }

    private static string Layout(string digits, int n, bool negative)
    {
        var text = new StringBuilder(32);
        if (negative)
        {
            text.Append('-');
        }
        int k = digits.Length;
        if (k <= n && n <= 21)
        {
            return text.Append(digits).Append('0', n - k).ToString();
        }
        if (n is > 0 and <= 21)
        {
            return text.Append(digits, 0, n).Append('.').Append(digits, n, k - n).ToString();
        }
        if (n is > -6 and <= 0)
        {
            return text.Append("0.").Append('0', -n).Append(digits).ToString();
        }
        text.Append(digits[0]);
        if (k > 1)
        {
            text.Append('.').Append(digits, 1, k - 1);
        }
        return text.Append('e').Append(n > 0 ? '+' : '-').Append(Math.Abs(n - 1)).ToString();
    }
}
