using System.Text;

namespace Ocap.Bundler.Output;

/// <summary>
/// Applies edits to a text. An edit inside a region that another one replaces is dropped; where several begin at one place, insertions come first, in their
/// order, and of the others the longest counts.
/// </summary>
internal static class TextEditor
{
    public static void Apply(StringBuilder target, string text, List<Edit> edits)
    {
        int at = 0;
        foreach (Edit edit in edits.OrderBy(e => e.Start).ThenBy(e => e.End > e.Start).ThenByDescending(e => e.End))
        {
            if (edit.Start < at)
            {
                continue;
            }
            target.Append(text, at, edit.Start - at).Append(edit.Text);
            at = edit.End;
        }
        target.Append(text, at, text.Length - at);
    }
}
