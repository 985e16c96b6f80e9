namespace Ocap.Bundler.Output;

/// <summary>
/// How a comment, or a whole statement, is cut out without leaving ragged white space. Semicolons that JavaScript would have inserted are written out elsewhere,
/// so line ends carry no meaning here.
/// </summary>
internal static class CommentRemoval
{
    /// <summary>The edit that removes [start, end) together with the blanks before it at a line's end, or the whole line when nothing else is on it.</summary>
    public static Edit For(string text, int start, int end)
    {
        int left = start;
        while (left > 0 && text[left - 1] is ' ' or '\t')
        {
            left--;
        }
        int right = end;
        while (right < text.Length && text[right] is ' ' or '\t')
        {
            right++;
        }
        bool lineStarts = left == 0 || IsLineEnd(text[left - 1]);
        bool lineEnds = right == text.Length || IsLineEnd(text[right]);
        if (!lineEnds)
        {
            return new Edit(start, end, lineStarts ? "" : " ");
        }
        if (lineStarts && right < text.Length)
        {
            right += text[right] == '\r' && right + 1 < text.Length && text[right + 1] == '\n' ? 2 : 1;
        }
        return new Edit(left, right, "");
    }

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';
}
