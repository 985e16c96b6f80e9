using System.Globalization;
using System.Text;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>The rule on labels of names in which something is written from right to left (RFC 5893 §2), with directions told by blocks and categories.</summary>
internal static class DirectionRule
{
    private enum Direction
    {
        LeftToRight,
        RightToLeft,
        Mark,
        EuropeanNumber,
        ArabicNumber,
        Neutral,
    }

    /// <summary>Whether a name that has this label is subject to the rule.</summary>
    internal static bool Concerns(string? label) => label!.EnumerateRunes().Any(static rune => Of(rune) is Direction.RightToLeft or Direction.ArabicNumber);

    internal static bool Allows(string? label)
    {
        Direction[] all = [.. label!.EnumerateRunes().Select(Of)];
        if (all is [])
        {
            return true;
        }

        Direction last = all.LastOrDefault(static one => one != Direction.Mark);
        return all[0] switch
        {
            Direction.RightToLeft => !all.Contains(Direction.LeftToRight) && last is not Direction.Neutral && !(all.Contains(Direction.EuropeanNumber) && all.Contains(Direction.ArabicNumber)),
            Direction.LeftToRight => !all.Contains(Direction.RightToLeft) && !all.Contains(Direction.ArabicNumber) && last is not Direction.Neutral,
            _ => false,
        };
    }

    private static Direction Of(Rune rune)
    {
        int point = rune.Value;
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return Direction.Mark;
        }

        if (point is >= '0' and <= '9' or >= 0x6f0 and <= 0x6f9)
        {
            return Direction.EuropeanNumber;
        }

        if (point is >= 0x660 and <= 0x669 or 0x66b or 0x66c or >= 0x10d30 and <= 0x10d39 or >= 0x10d40 and <= 0x10d49 or >= 0x10e60 and <= 0x10e7e)
        {
            return Direction.ArabicNumber;
        }

        if (point is >= 0x590 and <= 0x8ff or >= 0xfb1d and <= 0xfdff or >= 0xfe70 and <= 0xfeff or >= 0x10800 and <= 0x10fff or >= 0x1e800 and <= 0x1efff)
        {
            return IsNeutralThere(point) ? Direction.Neutral : Direction.RightToLeft;
        }

        return Rune.IsLetter(rune) || category is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber ? Direction.LeftToRight : Direction.Neutral;
    }

    // Signs that those who write from right to left share with others.
    private static bool IsNeutralThere(int point) => point is 0x606 or 0x607 or 0x609 or 0x60a or 0x60c or 0x60e or 0x60f or 0x66a or 0x6de or 0x6e9 or >= 0x7f6 and <= 0x7f9 or 0xfb29
        or >= 0xfd3e and <= 0xfd4f or 0xfdcf or >= 0xfdfd and <= 0xfdff or 0x1091f or >= 0x10b39 and <= 0x10b3f or 0x10d6e or 0x1eef0 or 0x1eef1;
}
