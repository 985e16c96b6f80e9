using System.Text;

namespace Ocap.Vats.Global;

/// <summary>
/// A number in another radix than ten: as many digits as tell it from its neighbours, the last one rounded. The language leaves the digits to the engine, and
/// these are V8's; those of the engine here end after fifty, wherever the number is.
/// </summary>
internal static class RadixText
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const double ExactIntegers = 9007199254740992;

    /// <param name="value">A finite number.</param>
    /// <param name="radix">2 to 36.</param>
    internal static string Of(double value, int radix)
    {
        double magnitude = Math.Abs(value), whole = Math.Floor(magnitude);
        string fraction = Fraction(magnitude, radix, ref whole);
        return (value < 0 ? "-" : "") + Whole(whole, radix) + (fraction.Length > 0 ? "." + fraction : "");
    }

    private static string Fraction(double magnitude, int radix, ref double whole)
    {
        double rest = magnitude - whole;
        // Half the distance to the next number: what is smaller than that is no digit of this one.
        double least = Math.Max(double.Epsilon, 0.5 * (Math.BitIncrement(magnitude) - magnitude));
        var digits = new List<int>();
        while (rest >= least)
        {
            rest *= radix;
            least *= radix;
            int digit = (int)rest;
            digits.Add(digit);
            rest -= digit;
            if ((rest > 0.5 || (rest == 0.5 && digit % 2 == 1)) && rest + least > 1)
            {
                RoundUp(digits, radix, ref whole);
                break;
            }
        }
        return string.Concat(digits.Select(static digit => Digits[digit]));
    }

    private static void RoundUp(List<int> digits, int radix, ref double whole)
    {
        while (digits.Count > 0)
        {
            int last = digits[^1];
            digits.RemoveAt(digits.Count - 1);
            if (last + 1 >= radix) continue;
            digits.Add(last + 1);
            return;
        }
        whole += 1;
    }

    private static string Whole(double whole, int radix)
    {
        var text = new StringBuilder();
        // Where a digit of this radix is less than what one number is from the next, there is none to tell.
        for (; whole >= ExactIntegers * radix; whole /= radix) text.Insert(0, '0');
        do
        {
            double digit = whole % radix;
            text.Insert(0, Digits[(int)digit]);
            whole = (whole - digit) / radix;
        }
        while (whole > 0);
        return text.ToString();
    }
}
