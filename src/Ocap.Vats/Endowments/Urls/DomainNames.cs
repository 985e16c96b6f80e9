using System.Text;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>
/// Domain names as DNS has them (URL standard §3.3, UTS 46). What becomes of a character follows from its normalization, its lower case and its category,
/// not from a table of its own: where that does not tell, a name is refused, not got wrong in silence.
/// </summary>
internal static class DomainNames
{
    private const string Prefix = "xn--";

    // Far more than DNS has, and little enough for work that grows with the square.
    private const int MostCharacters = 4096;

    /// <summary>The name in ASCII and lower case, or null when it is none.</summary>
    internal static string? ToAscii(string domain)
    {
        if (Ascii.IsValid(domain) && !domain.Contains(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return domain.ToLowerInvariant();
        }

        if (domain.Length > MostCharacters || DomainMapping.Map(domain) is not { } mapped)
        {
            return null;
        }

        string[] labels = mapped.Split('.');
        string?[] shown = [.. labels.Select(Shown)];
        if (shown.Contains(null) || (shown.Any(DirectionRule.Concerns) && !shown.All(DirectionRule.Allows)))
        {
            return null;
        }

        return string.Join('.', shown.Select(static label => Ascii.IsValid(label) ? label : Prefix + Punycode.Encode(label!)));
    }

    /// <summary>A label as it is read; null when it is none. What is encoded must stand for what could be a label, and be the one way to write it.</summary>
    private static string? Shown(string label)
    {
        if (!label.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Ascii.IsValid(label) || DomainLetters.Make(label) ? label : null;
        }

        return Punycode.Decode(label[Prefix.Length..]) is { } decoded && !Ascii.IsValid(decoded)
            && string.Equals(DomainMapping.Map(decoded), decoded, StringComparison.Ordinal) && DomainLetters.Make(decoded)
            ? decoded
            : null;
    }
}
