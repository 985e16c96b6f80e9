using System.Text;
using Acornima;
using Ocap.Bundler.Places;

namespace Ocap.Bundler.Output;

/// <summary>
/// Leaves out the white space that means nothing: indentation, blank lines, blanks between tokens. Line breaks stay where tokens of different lines meet,
/// one for each: they cost a byte, and keep lines apart for whoever reads an error's place.
/// </summary>
internal static class WhiteSpace
{
    /// <param name="bundle">A script without comments.</param>
    public static BundleCode Remove(BundleCode bundle)
    {
        string code = bundle.Text;
        var edits = new List<Edit>();
        int end = 0;
        var parser = new Parser(new ParserOptions
        {
            EcmaVersion = EcmaVersion.Latest,
            OnToken = (in Token token) =>
            {
                Shorten(code, end, token.Start, edits);
                end = token.End;
            },
        });
        parser.ParseScript(code);
        var text = new StringBuilder(code.Length);
        List<Run> kept = TextEditor.Apply(text, code, edits);
        return new BundleCode(text.ToString(), [.. bundle.Parts.Select(part => part.Moved(kept))]);
    }

    private static void Shorten(string code, int start, int end, List<Edit> edits)
    {
        ReadOnlySpan<char> gap = code.AsSpan(start, end - start);
        if (gap.IsEmpty || !gap.IsWhiteSpace())
        {
            return;
        }
        string needed = start == 0 || end == code.Length ? ""
            : gap.IndexOfAny("\r\n\u2028\u2029") >= 0 ? "\n"
            : MustBeApart(code, start, end) ? " " : "";
        if (!gap.SequenceEqual(needed))
        {
            edits.Add(new Edit(start, end, needed));
        }
    }

    /// <summary>Whether what ends at <paramref name="start"/> and what begins at <paramref name="end"/> would be read otherwise, or refused by SES, when they touched.</summary>
    private static bool MustBeApart(string code, int start, int end)
    {
        char last = code[start - 1];
        char next = code[end];
        return (IsWord(last) && (IsWord(next) || next is '.' or '#' or '\\'))
            || (last == next && last is '+' or '-' or '/')
            || (last, next) is ('/', '*') or ('<', '!') or ('!', '-')
            || (next == '>' && last == '-');
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or > '\u007f';
}
