using System.Globalization;
using System.Text;
using Ocap.Vats.Global.Unicode;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>Which characters can be in a label (UTS 46 §4.1), told by their categories.</summary>
internal static class DomainLetters
{
    private const int Virama = 0x94d;

    /// <summary>Whether these make a label that is not ASCII, once they have been mapped.</summary>
    internal static bool Make(string label)
    {
        Rune before = default;
        foreach (Rune rune in label.EnumerateRunes())
        {
            // What joins letters does so behind a virama; where else it might needs tables.
            bool isFine = rune.Value is 0x200c or 0x200d
                ? NormalizationData.Instance.Class(before.Value) == NormalizationData.Instance.Class(Virama)
                : IsLetter(rune) && (before != default || !IsMark(rune));
            if (!isFine)
            {
                return false;
            }

            before = rune;
        }

        return true;
    }

    internal static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsLetter(Rune rune) => rune.IsAscii || (!IsExcluded(rune.Value) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    // They describe or stand for other characters.
    private static bool IsExcluded(int point) => point is >= 0x2ff0 and <= 0x2fff or 0x31ef or 0xfffc or 0xfffd;
}
