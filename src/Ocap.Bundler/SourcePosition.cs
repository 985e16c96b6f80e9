namespace Ocap.Bundler;

/// <summary>A place in a source, for people: line and column count from 1.</summary>
internal readonly record struct SourcePosition(int Line, int Column, string LineText)
{
    // A minified source can be one line of a megabyte.
    private const int MostShown = 160;
    private const int ShownBefore = 60;

    private int ExcerptStart => LineText.Length <= MostShown ? 0 : Math.Max(0, Column - 1 - ShownBefore);

    /// <summary>The line, or what is around the column when the line is long.</summary>
    public string Excerpt => LineText.Substring(ExcerptStart, Math.Min(MostShown, LineText.Length - ExcerptStart));

    /// <summary>White space that puts a caret under the column of the excerpt: tabs stay tabs.</summary>
    public string CaretIndent => string.Create(Column - 1 - ExcerptStart, Excerpt, static (indent, line) =>
    {
        for (int i = 0; i < indent.Length; i++)
        {
            indent[i] = i < line.Length && line[i] == '\t' ? '\t' : ' ';
        }
    });

    /// <summary>The place of the character at <paramref name="index"/>.</summary>
    public static SourcePosition At(string text, int index)
    {
        index = Math.Clamp(index, 0, text.Length);
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')) || text[i] is '\u2028' or '\u2029')
            {
                line++;
                start = i + 1;
            }
        }
        int end = text.AsSpan(start).IndexOfAny("\r\n\u2028\u2029");
        return new SourcePosition(line, index - start + 1, end < 0 ? text[start..] : text.Substring(start, end));
    }
}
