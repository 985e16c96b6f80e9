namespace Ocap.Rpc.Text;

/// <summary>Escaped surrogates in JSON text. UTF-8 cannot hold half a pair, so <c>"\ud800"</c> has no place to go in a store or on a wire.</summary>
internal static class Surrogates
{
    /// <summary>True when a valid JSON string's raw text contains the escape of half a surrogate pair.</summary>
    internal static bool AreUnpairedIn(ReadOnlySpan<byte> text)
    {
        bool high = false;
        for (int i = 0; i < text.Length; i++)
        {
            int unit = -1;
            if (text[i] == '\\')
            {
                if (text[i + 1] == 'u')
                {
                    unit = Unit(text.Slice(i + 2, 4));
                    i += 5;
                }
                else
                {
                    i++;
                }
            }

            bool isLow = unit is >= 0xDC00 and <= 0xDFFF;
            if (high != isLow)
            {
                return true;
            }

            high = unit is >= 0xD800 and <= 0xDBFF;
        }

        return high;
    }

    private static int Unit(ReadOnlySpan<byte> hex)
    {
        int unit = 0;
        foreach (byte digit in hex)
        {
            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return unit;
    }
}
