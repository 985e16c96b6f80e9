namespace Ocap.Kernel.Refs;

/// <summary>Decimal numbers as they stand in ids: no sign, no leading zero, at most 18 digits.</summary>
internal static class Digits
{
    internal static bool TryParse(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.Length is 0 or > 18 || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }

            number = (number * 10) + (c - '0');
        }

        return true;
    }
}
