using Ocap.Bundler.Ses;

namespace Ocap.Bundler.Output;

/// <summary>
/// What stands between a module's tokens, as the bundle has it: no comments, no blank lines, one blank for each step of indentation. Semicolons that JavaScript
/// would have inserted are written out elsewhere, so line ends carry no meaning here.
/// </summary>
internal static class Layout
{
    private const string LineEnds = "\r\n\u2028\u2029";

    public static void Edit(string text, List<SourceToken> tokens, List<Edit> edits)
    {
        int unit = IndentationUnit(text, tokens);
        int start = 0;
        foreach (SourceToken token in tokens)
        {
            ReadOnlySpan<char> gap = text.AsSpan(start, token.Start - start);
            if (gap.ContainsAnyExcept(' '))
            {
                edits.Add(new Edit(start, token.Start, start == 0 ? "" : Between(gap, unit)));
            }
            start = token.End;
        }
        edits.Add(new Edit(start, text.Length, ""));
    }

    private static string Between(ReadOnlySpan<char> gap, int unit)
    {
        int line = gap.LastIndexOfAny(LineEnds);
        return line < 0 ? " " : Indented(Columns(gap[(line + 1)..], unit) / unit);
    }

    private static int Columns(ReadOnlySpan<char> line, int unit)
    {
        int columns = 0;
        foreach (char c in line)
        {
            if (c is not (' ' or '\t'))
            {
                break;
            }
            columns += c == '\t' ? unit : 1;
        }
        return columns;
    }

    // The least indentation of any line. A single blank is an accident.
    private static int IndentationUnit(string text, List<SourceToken> tokens)
    {
        int least = int.MaxValue;
        int start = 0;
        foreach (SourceToken token in tokens)
        {
            ReadOnlySpan<char> gap = text.AsSpan(start, token.Start - start);
            int line = gap.LastIndexOfAny(LineEnds);
            int columns = line < 0 ? 0 : gap.Length - line - 1;
            if (columns > 1 && columns < least && !gap[(line + 1)..].ContainsAnyExcept(' '))
            {
                least = columns;
            }
            start = token.End;
        }
        return least == int.MaxValue ? 2 : least;
    }

    private static string Indented(int depth) => depth < Indentations.Length ? Indentations[depth] : "\n" + new string(' ', depth);

    private static readonly string[] Indentations = [.. Enumerable.Range(0, 12).Select(depth => "\n" + new string(' ', depth))];
}
