using System.Text;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>Labels in ASCII (RFC 3492), of any length.</summary>
internal static class Punycode
{
    private const int Base = 36, Least = 1, Most = 26, Skew = 38, Damp = 700, FirstBias = 72, FirstPoint = 128;

    internal static string Encode(string label)
    {
        int[] points = [.. label.EnumerateRunes().Select(static rune => rune.Value)];
        var encoded = new StringBuilder();
        foreach (int point in points.Where(static point => point < FirstPoint))
        {
            encoded.Append((char)point);
        }

        int basic = encoded.Length, handled = basic, bias = FirstBias, current = FirstPoint;
        long delta = 0;
        if (basic > 0)
        {
            encoded.Append('-');
        }

        while (handled < points.Length)
        {
            int next = points.Where(point => point >= current).Min();
            delta += (long)(next - current) * (handled + 1);
            current = next;
            foreach (int point in points)
            {
                if (point < current)
                {
                    delta++;
                }

                if (point == current)
                {
                    Append(encoded, delta, bias);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            current++;
        }

        return encoded.ToString();
    }

    /// <summary>What a label without its prefix stands for, or null.</summary>
    internal static string? Decode(string encoded)
    {
        int at = encoded.LastIndexOf('-');
        List<int> points = [.. encoded[..Math.Max(at, 0)]];
        int bias = FirstBias, current = FirstPoint;
        long index = 0;
        for (at++; at < encoded.Length;)
        {
            long before = index, weight = 1;
            for (int step = Base; ; step += Base)
            {
                if (at == encoded.Length || Digit(encoded[at++]) is not { } digit)
                {
                    return null;
                }

                index += digit * weight;
                int threshold = Threshold(step, bias);
                if (digit < threshold)
                {
                    break;
                }

                weight *= Base - threshold;
                if (index > int.MaxValue || weight > int.MaxValue)
                {
                    return null;
                }
            }

            int count = points.Count + 1;
            bias = Adapt(index - before, count, before == 0);
            long point = current + (index / count);
            if (point > 0x10ffff || !Rune.IsValid((int)point))
            {
                return null;
            }

            current = (int)point;
            index %= count;
            points.Insert((int)index++, current);
        }

        return string.Concat(points.Select(static point => new Rune(point).ToString()));
    }

    private static void Append(StringBuilder encoded, long delta, int bias)
    {
        for (int step = Base; ; step += Base)
        {
            int threshold = Threshold(step, bias);
            if (delta < threshold)
            {
                encoded.Append(Letter((int)delta));
                return;
            }

            encoded.Append(Letter(threshold + (int)((delta - threshold) % (Base - threshold))));
            delta = (delta - threshold) / (Base - threshold);
        }
    }

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        int bias = 0;
        for (; delta > (Base - Least) * Most / 2; bias += Base)
        {
            delta /= Base - Least;
        }

        return bias + (int)((Base - Least + 1) * delta / (delta + Skew));
    }

    private static int Threshold(int step, int bias) => Math.Clamp(step - bias, Least, Most);

    private static char Letter(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);

    private static int? Digit(char letter) => letter switch
    {
        >= 'a' and <= 'z' => letter - 'a',
        >= '0' and <= '9' => letter - '0' + 26,
        _ => null,
    };
}
