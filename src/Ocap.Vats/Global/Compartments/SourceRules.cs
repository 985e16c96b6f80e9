using System.Text.RegularExpressions;

namespace Ocap.Vats.Global.Compartments;

/// <summary>
/// Texts that SES refuses to evaluate, with its words: what some parsers take for an HTML comment, what looks like <c>import(…)</c>, and (for
/// <c>Compartment.prototype.evaluate</c> only) what looks like a direct <c>eval(…)</c>. None of them would be harmful here. The patterns take a time in proportion
/// to the text, whose length is bounded; a limit in time would only be met by a thread that the machine holds up.
/// </summary>
internal static partial class SourceRules
{
    internal static void RefuseHtmlComments(IntrinsicTable intrinsics, string source) => Refuse(intrinsics, source, HtmlComment(), "HTML comment", "SES_HTML_COMMENT_REJECTED");

    internal static void RefuseImports(IntrinsicTable intrinsics, string source) => Refuse(intrinsics, source, Import(), "import expression", "SES_IMPORT_REJECTED");

    internal static void RefuseDirectEval(IntrinsicTable intrinsics, string source) => Refuse(intrinsics, source, DirectEval(), "direct eval expression", "SES_EVAL_REJECTED");

    internal static string EvadeHtmlComments(string source) => HtmlComment().Replace(source, static match => match.Value[0] == '<' ? "< ! --" : "-- >");

    internal static string EvadeImports(string source) => Import().Replace(source, "${before}__import__${after}");

    private static void Refuse(IntrinsicTable intrinsics, string source, Regex pattern, string what, string code)
    {
        var match = pattern.Match(source);
        if (!match.Success) return;
        // A pattern may begin with the end of the line before.
        var line = 1 + source.AsSpan(0, match.Index).Count('\n') + (match.ValueSpan is ['\n', ..] ? 1 : 0);
        throw intrinsics.Error("SyntaxError", $"Possible {what} rejected at <unknown>:{line}. ({code})");
    }

    [GeneratedRegex("<!--|-->", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex HtmlComment();

    // The spaces of the language are those of ECMAScript's \s.
    [GeneratedRegex(@"(?<before>^|[^.]|\.\.\.)\bimport(?<after>[\s\u00a0\ufeff]*(?:\(|/[/*]))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Import();

    [GeneratedRegex(@"(^|[^.])\beval[\s\u00a0\ufeff]*\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex DirectEval();
}
