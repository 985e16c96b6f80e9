using System.Text.RegularExpressions;

namespace Ocap.Bundler.Ses;

/// <summary>
/// Texts that a SES compartment refuses wherever they stand, comments and strings included: HTML comment marks, what looks like <c>import(</c>,
/// what looks like a direct <c>eval(</c>. It scans source text, not syntax; <c>$eval(</c> is refused, <c>x.eval(</c> is not.
/// </summary>
internal static partial class SesPatterns
{
    [GeneratedRegex("<!--|-->", RegexOptions.CultureInvariant, 10_000)]
    public static partial Regex HtmlComment { get; }

    [GeneratedRegex(@"(?<=^|[^.A-Za-z0-9_]|\.\.\.)import(?=[\s\uFEFF]*(?:\(|/[/*]))", RegexOptions.CultureInvariant, 10_000)]
    public static partial Regex ImportCall { get; }

    [GeneratedRegex(@"(?<=^|[^.A-Za-z0-9_])eval(?=[\s\uFEFF]*\()", RegexOptions.CultureInvariant, 10_000)]
    public static partial Regex DirectEval { get; }

    /// <summary>True when <paramref name="name"/>, called as a function, would look like one of the refused calls.</summary>
    public static bool LooksLikeCall(ReadOnlySpan<char> name) =>
        (name.EndsWith("eval", StringComparison.Ordinal) && !IsWord(name, name.Length - 5))
        || (name.EndsWith("import", StringComparison.Ordinal) && !IsWord(name, name.Length - 7));

    /// <summary>What SES would refuse in <paramref name="code"/>; null when nothing.</summary>
    public static Match? FirstIn(string code)
    {
        foreach (Regex pattern in (ReadOnlySpan<Regex>)[HtmlComment, ImportCall, DirectEval])
        {
            if (pattern.Match(code) is { Success: true } match)
            {
                return match;
            }
        }
        return null;
    }

    private static bool IsWord(ReadOnlySpan<char> name, int index) => index >= 0 && (char.IsAsciiLetterOrDigit(name[index]) || name[index] == '_');
}
