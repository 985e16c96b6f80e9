using System.Globalization;
using System.Text;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>
/// Domain names as DNS has them. The runtime carries no tables of Unicode normalization, so this answers where the answer is certain without them: ASCII,
/// and letters of the common scripts in their composed form. A name with any other character is refused, not got wrong in silence.
/// </summary>
internal static class DomainNames
{
    private static readonly IdnMapping Punycode = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>The name in ASCII and lower case, or null when it is none.</summary>
    internal static string? ToAscii(string domain)
    {
        var mapped = new StringBuilder(domain.Length);
        foreach (char c in domain)
        {
            switch (c)
            {
                case '\u3002' or '\uff0e' or '\uff61':
                    mapped.Append('.');
                    break;
                case '\u00ad' or '\u200b' or '\u2060' or '\ufeff':
                    // Mapped to nothing.
                    break;
                case >= '\uff01' and <= '\uff5e':
                    mapped.Append(char.ToLowerInvariant((char)(c - 0xff01 + 0x21)));
                    break;
                case < '\u0080':
                    mapped.Append(char.ToLowerInvariant(c));
                    break;
                default:
                    char lower = char.ToLowerInvariant(c);
                    if (!IsCertain(lower))
                    {
                        return null;
                    }

                    mapped.Append(lower);
                    break;
            }
        }

        try
        {
            string[] labels = mapped.ToString().Split('.');
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = Label(labels[i]);
            }

            return string.Join('.', labels);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Label(string label)
    {
        if (!Ascii.IsValid(label))
        {
            return Punycode.GetAscii(label);
        }

        if (label.StartsWith("xn--", StringComparison.Ordinal) && !IsSoundEncoding(label))
        {
            throw new ArgumentException("an encoded label must stand for letters, and be written as they are", nameof(label));
        }

        return label;
    }

    /// <summary>Whether an encoded label stands for what could be a label, and is the one way to write it.</summary>
    private static bool IsSoundEncoding(string label)
    {
        string decoded = Punycode.GetUnicode(label);
        return !Ascii.IsValid(decoded)
            && string.Equals(Punycode.GetAscii(decoded), label, StringComparison.Ordinal)
            && decoded.EnumerateRunes().All(static rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.OtherSymbol or UnicodeCategory.DashPunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol);
    }

    // Lower-case letters that the mapping of domain names leaves alone, that no normalization changes, and that no rule on neighbours concerns.
    private static bool IsCertain(char c) => c switch
    {
        '\u0132' or '\u0133' or '\u013f' or '\u0140' or '\u0149' or '\u017f' => false,
        >= '\u00df' and <= '\u00f6' or >= '\u00f8' and <= '\u017e' => true,
        >= '\u03ac' and <= '\u03ce' => true,
        >= '\u0430' and <= '\u045f' or >= '\u0461' and <= '\u0481' => true,
        >= '\u3041' and <= '\u3096' or >= '\u30a1' and <= '\u30fa' or '\u3005' or '\u3007' or '\u30fc' => true,
        >= '\u3400' and <= '\u4dbf' or >= '\u4e00' and <= '\u9fff' or >= '\uac00' and <= '\ud7a3' => true,
        _ => false,
    };
}
