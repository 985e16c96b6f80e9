namespace Ocap.Cli.Bundling;

/// <summary>What a list of files and directories asks for: each source once, and no two for the same bundle.</summary>
internal static class BundleTargets
{
    /// <param name="named">Files and directories as typed.</param>
    /// <param name="outDirectory">Where the bundles go; null puts each beside its source.</param>
    /// <param name="entered">Told of each directory, and whether there is anything in it to bundle.</param>
    internal static List<BundleTarget> Expand(IEnumerable<string> named, string? outDirectory, Action<string, bool> entered)
    {
        List<BundleTarget> targets = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in named)
        {
            if (!Directory.Exists(name))
            {
                Add(name);
                continue;
            }
            string[] sources = [.. SourceFiles.In(name)];
            entered(Path.GetFullPath(name), sources.Length > 0);
            Array.ForEach(sources, Add);
        }
        return Refuse(targets);

        void Add(string source)
        {
            if (seen.Add(Path.GetFullPath(source)))
                targets.Add(new BundleTarget(source, SourceFiles.BundleOf(source, outDirectory)));
        }
    }

    private static List<BundleTarget> Refuse(List<BundleTarget> targets)
    {
        ILookup<string, BundleTarget> byBundle = targets.ToLookup(t => t.Bundle, StringComparer.Ordinal);
        return targets.ConvertAll(target =>
            Path.GetExtension(target.Source) is SourceFiles.BundleExtension
                ? target with { Refusal = $"{target.Source} is a bundle already. Name the module it was made from." }
            : byBundle[target.Bundle].FirstOrDefault(other => other != target) is { } rival
                ? target with { Refusal = $"{target.Source} and {rival.Source} would both be written to {target.Bundle}. Rename one, or bundle them into different directories with --out-dir." }
            : target);
    }
}
