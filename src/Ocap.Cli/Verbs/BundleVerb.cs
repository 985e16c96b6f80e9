using ConsoleAppFramework;
using Ocap.Bundler;
using Ocap.Cli.Bundling;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Verbs;

/// <summary><c>bundle</c>: writes <c>name.bundle</c> beside each module (spec/cli.md §6). One that fails does not keep the others from being written.</summary>
internal static class BundleVerb
{
    internal static int Run(string? outDir = null, bool minify = false, bool stdout = false, bool json = false, [Argument] params string[] targets)
    {
        if (stdout && (json || outDir is not null))
            return Fail($"--stdout and {(json ? "--json" : "--out-dir")} exclude each other: with --stdout the bundle itself is printed.");
        if (outDir is not null && DanglingLink.TargetOf(outDir) is { } target)
            return Fail($"--out-dir must name a directory, and {outDir} is a link to {target}, which is not there.");
        if (File.Exists(outDir))
            return Fail($"--out-dir must name a directory, and {outDir} is a file.");
        bool isQuiet = stdout || json;
        List<BundleTarget> all = BundleTargets.Expand(targets, outDir, (directory, hasSources) =>
        {
            if (!isQuiet)
                Terminal.Result($"Bundling directory: {directory}");
            if (!hasSources)
                Terminal.Say($"There is no .js, .mjs or .ts file directly in {directory}.");
        });
        if (stdout && all.Count != 1)
            return Fail($"--stdout prints one bundle, and {all.Count} would be made. Name one module.");

        BundleOptions options = new() { Minify = minify, Read = SourceFiles.Read };
        Action<string, byte[]> store = stdout ? static (_, _) => { } : BundleFile.Replace;
        Progress progress = new("Bundling", all.Count);
        using BundleSummary summary = new();
        bool allWritten = true;
        BundleWorkers.Run(all, target => BundleOutcome.Of(target, options, store), Tell, progress.Show);
        if (json)
            ExecVerb.Print(summary.Finish());
        return allWritten ? 0 : 1;

        void Tell(BundleOutcome outcome)
        {
            progress.Clear();
            foreach (string warning in outcome.Result?.Warnings ?? [])
                Terminal.Say($"Warning: {warning}");
            if (outcome.Failure is { } failure)
                Terminal.Say(failure);
            else if (stdout)
                Terminal.Result(outcome.Result!.Bytes);
            else if (!isQuiet)
                Terminal.Result($"Wrote {outcome.Target.Bundle}: {outcome.Result!.Bytes.Length} bytes");
            if (json)
                summary.Add(outcome);
            allWritten &= outcome.Failure is null;
        }
    }

    private static int Fail(string line)
    {
        Terminal.Say(line);
        return 1;
    }
}
