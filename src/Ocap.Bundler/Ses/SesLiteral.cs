namespace Ocap.Bundler.Ses;

/// <summary>Rewrites the source text of a string, template chunk or regular expression so that it means the same and SES does not refuse it.</summary>
internal static class SesLiteral
{
    /// <summary>True when <paramref name="raw"/> holds something SES refuses.</summary>
    public static bool IsRefused(string raw) =>
        (raw.Contains("--", StringComparison.Ordinal) && SesPatterns.HtmlComment.IsMatch(raw))
        || (raw.Contains("import", StringComparison.Ordinal) && SesPatterns.ImportCall.IsMatch(raw))
        || (raw.Contains("eval", StringComparison.Ordinal) && SesPatterns.DirectEval.IsMatch(raw));

    /// <summary>
    /// <paramref name="raw"/> with one character of each refused text escaped. That character never follows a backslash, and <c>\xNN</c> means the same in
    /// strings, templates and every mode of regular expressions.
    /// </summary>
    public static string Rewrite(string raw)
    {
        string text = raw.Replace("<!--", @"<\x21--", StringComparison.Ordinal).Replace("-->", @"--\x3e", StringComparison.Ordinal);
        text = SesPatterns.ImportCall.Replace(text, @"im\x70ort");
        return SesPatterns.DirectEval.Replace(text, @"ev\x61l");
    }
}
