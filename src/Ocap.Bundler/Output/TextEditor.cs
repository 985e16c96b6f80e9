using System.Text;
using Ocap.Bundler.Places;

namespace Ocap.Bundler.Output;

/// <summary>
/// Applies edits to a text. An edit inside a region that another one replaces is dropped; where several begin at one place, insertions come first, in their
/// order, and of the others the longest counts.
/// </summary>
internal static class TextEditor
{
    /// <returns>What was left as it was.</returns>
    public static List<Run> Apply(StringBuilder target, string text, List<Edit> edits)
    {
        var runs = new List<Run>(edits.Count);
        int at = 0;
        foreach (Edit edit in edits.OrderBy(e => e.Start).ThenBy(e => e.End > e.Start).ThenByDescending(e => e.End))
        {
            if (edit.Start < at)
            {
                continue;
            }
            Keep(edit.Start);
            target.Append(edit.Text);
            at = edit.End;
        }
        Keep(text.Length);
        return runs;

        void Keep(int end)
        {
            if (end > at)
            {
                runs.Add(new Run(target.Length, at, end - at));
                target.Append(text, at, end - at);
            }
        }
    }
}
