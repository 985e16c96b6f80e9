using System.Text;
using Ocap.Vats.Global.Unicode;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>What characters of a domain name become before it is looked at (UTS 46 §4): compatible forms are one, capitals are small, and some characters are nothing.</summary>
internal static class DomainMapping
{
    // Small letters of old prints, which the letters' lower case does not lead to.
    private const string RoundedCyrillic = "вдосттъѣꙋ";

    /// <summary>The name after the mapping; null when it has a character that nothing becomes of. Characters that cannot be in a name may be left in it.</summary>
    internal static string? Map(string name)
    {
        var read = new StringBuilder(name.Length);
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (IsDotLike(rune.Value))
            {
                return null;
            }

            read.Append(IsSigma(rune.Value) ? new Rune('σ') : rune);
        }

        if (Normalizer.Normalize(read.ToString(), composes: false, compatible: true, static () => { }) is not { } decomposed)
        {
            return null;
        }

        var mapped = new StringBuilder(name.Length);
        foreach (Rune rune in decomposed.EnumerateRunes())
        {
            if (!IsIgnored(rune.Value))
            {
                mapped.Append(Folded(rune));
            }
        }

        return Normalizer.Normalize(mapped.ToString(), composes: true, compatible: false, static () => { });
    }

    // Their compatible forms have dots that would part labels.
    private static bool IsDotLike(int point) => point is >= 0x2024 and <= 0x2026 or >= 0x2488 and <= 0x249b or 0x33c2 or 0x33c7 or 0x33d8 or 0xfe12 or 0xfe19 or 0xfe30 or 0xfe52 or 0x1f100;

    private static bool IsIgnored(int point) => point is 0xad or 0x34f or 0x115f or 0x1160 or 0x17b4 or 0x17b5 or >= 0x180b and <= 0x180f or 0x200b or 0x2060 or >= 0x2061 and <= 0x2064
        or >= 0x206a and <= 0x206f or >= 0xfe00 and <= 0xfe0f or 0xfeff or >= 0x1bca0 and <= 0x1bca3 or >= 0x1d173 and <= 0x1d17a or >= 0xe0100 and <= 0xe01ef;

    // Forms of the sigma at the end of a word, which itself is a letter of its own in names.
    private static bool IsSigma(int point) => point is 0x3f2 or 0x1d6d3 or 0x1d70d or 0x1d747 or 0x1d781 or 0x1d7bb;

    private static Rune Folded(Rune rune) => rune.Value switch
    {
        0x345 => new Rune('ι'),
        0x3002 => new Rune('.'),
        0x1e9e => new Rune('ß'),
        >= 0x1c80 and <= 0x1c88 => new Rune(RoundedCyrillic[rune.Value - 0x1c80]),

        // The capitals of Cherokee are what is meant.
        >= 0x13a0 and <= 0x13f5 => rune,
        >= 0x13f8 and <= 0x13fd => new Rune(rune.Value - 8),
        >= 0xab70 and <= 0xabbf => new Rune(rune.Value - 0xab70 + 0x13a0),
        _ => Rune.ToLowerInvariant(rune),
    };
}
