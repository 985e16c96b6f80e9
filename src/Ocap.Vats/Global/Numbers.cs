using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Ocap.Vats.Global;

/// <summary>What the engine does with numbers otherwise than V8: digits of another radix, and the length of a vector whose squares are too large or too small for a number.</summary>
internal static class Numbers
{
    internal static void Install(IntrinsicTable intrinsics)
    {
        var engine = intrinsics.Global.Engine;
        var toString = intrinsics["Number.prototype"].Object("toString");
        intrinsics["Number.prototype"].Method("toString", 1, (self, arguments) =>
            self is JsNumber number && arguments is [JsNumber radix, ..] && radix.AsNumber() is >= 2 and < 37 and not (>= 10 and < 11) && double.IsFinite(number.AsNumber())
                ? RadixText.Of(number.AsNumber(), (int)radix.AsNumber())
                : toString.Call(self, arguments));
        intrinsics["Math"].Method("hypot", 2, static (_, arguments) => Length(arguments));
    }

    private static JsValue Length(JsValue[] arguments)
    {
        double[] parts = [.. arguments.Select(static argument => Math.Abs(TypeConverter.ToNumber(argument)))];
        if (parts.Any(double.IsPositiveInfinity)) return double.PositiveInfinity;
        double largest = 0;
        foreach (double part in parts) largest = double.IsNaN(part) || double.IsNaN(largest) ? double.NaN : Math.Max(largest, part);
        if (largest == 0 || double.IsNaN(largest)) return largest;
        // What a sum of squares loses is carried to the next.
        double sum = 0, lost = 0;
        foreach (double part in parts)
        {
            double scaled = part / largest, term = (scaled * scaled) - lost, next = sum + term;
            lost = next - sum - term;
            sum = next;
        }
        return Math.Sqrt(sum) * largest;
    }
}
