namespace Ocap.Vats.Liveslots;

/// <summary>
/// The order in which vat code sees keys, that of JavaScript strings, over a store that has them in the order of code points. The two differ only where
/// a surrogate meets a character from U+E000 on: which of them comes first. Both keep keys together that begin alike, so the next one is found
/// with a few questions, at most one for each such character, and nothing is held meanwhile.
/// </summary>
/// <param name="firstFrom">The first key, in the store's order, that is not smaller than a text and begins with a prefix; or null.</param>
internal sealed class CodeUnitOrder(Func<string, string, string?> firstFrom)
{
    private const char LastBelowSurrogates = '\ud7ff', FirstSurrogate = '\ud800', LastSurrogate = '\udfff', BehindSurrogates = '\ue000';

    /// <summary>The smallest key greater than <paramref name="key"/> among those that begin with <paramref name="prefix"/>, as that key does itself; or null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="behind">The one that comes next in the store's order.</param>
    internal string? Next(string key, string prefix, string? behind)
    {
        if (!key.AsSpan(prefix.Length).ContainsAnyInRange(FirstSurrogate, char.MaxValue) && (behind is null || FirstAboveSurrogates(behind, prefix.Length) < 0))
        {
            return behind;
        }

        for (int i = key.Length; i >= prefix.Length; i--)
        {
            ReadOnlySpan<char> common = key.AsSpan(0, i);
            if (behind is not null && behind.AsSpan().StartsWith(common))
            {
                if (i == key.Length || key[i] < BehindSurrogates)
                {
                    return Least(behind, i);
                }

                if (behind[i] >= BehindSurrogates)
                {
                    return Least(behind, i + 1);
                }

                // What is left here comes before the key.
                behind = Behind(common) is { } bound && i > prefix.Length ? firstFrom(bound, prefix) : null;
            }
            else if (i < key.Length && char.IsSurrogate(key[i]) && firstFrom($"{common}{BehindSurrogates}", prefix) is { } other
                && other.AsSpan().StartsWith(common) && other[i] >= BehindSurrogates)
            {
                return Least(other, i + 1);
            }
        }

        return null;
    }

    /// <summary>The smallest text, in the store's order, behind all that begin with a prefix; null when there is none.</summary>
    internal static string? Behind(ReadOnlySpan<char> prefix)
    {
        ReadOnlySpan<char> rest = prefix.TrimEnd(LastSurrogate);
        return rest is [.. var before, var last]
            ? $"{before}{last switch { LastBelowSurrogates => BehindSurrogates, char.MaxValue => FirstSurrogate, _ => (char)(last + 1) }}"
            : null;
    }

    /// <summary>From the first key of the store's order to the first of the other, among those that begin as it does up to an index.</summary>
    private string Least(string key, int index)
    {
        for (int i = index; (i = FirstAboveSurrogates(key, i)) >= 0; i++)
        {
            string common = key[..i];
            key = firstFrom(common + FirstSurrogate, common) ?? key;
        }

        return key;
    }

    private static int FirstAboveSurrogates(string key, int from)
    {
        int at = key.AsSpan(from).IndexOfAnyInRange(BehindSurrogates, char.MaxValue);
        return at < 0 ? -1 : from + at;
    }
}
