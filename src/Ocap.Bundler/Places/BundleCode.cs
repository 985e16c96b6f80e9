using Ocap.Bundler.Graph;

namespace Ocap.Bundler.Places;

/// <summary>A bundle's code, and which of it is whose.</summary>
/// <param name="Text">The code.</param>
/// <param name="Parts">What modules have in it, in order.</param>
internal sealed record BundleCode(string Text, IReadOnlyList<ModulePart> Parts);

/// <summary>The text of one module in a bundle, at [Start, End), as far as it is the module's own.</summary>
internal sealed record ModulePart(Module Module, int Start, int End, IReadOnlyList<Run> Runs)
{
    /// <summary>The same after an edit of the whole code.</summary>
    public ModulePart Moved(IReadOnlyList<Run> edit)
    {
        var runs = new List<Run>(Runs.Count);
        int at = 0;
        foreach (Run run in Runs)
        {
            // Both are in order, and every run of the edit may hold a part of this one.
            while (at > 0 && edit[at - 1].Source + edit[at - 1].Length > run.Target)
            {
                at--;
            }
            for (; at < edit.Count && edit[at].Source < run.Target + run.Length; at++)
            {
                int start = Math.Max(edit[at].Source, run.Target);
                int end = Math.Min(edit[at].Source + edit[at].Length, run.Target + run.Length);
                if (start < end)
                {
                    runs.Add(new Run(edit[at].Target + start - edit[at].Source, run.Source + start - run.Target, end - start));
                }
            }
        }
        return runs.Count == 0 ? this with { Start = 0, End = 0, Runs = runs } : this with { Start = runs[0].Target, End = runs[^1].Target + runs[^1].Length, Runs = runs };
    }
}
