using Ocap.Bundler;
using Ocap.Cli.Bundling;
using Ocap.Cli.Output;

namespace Ocap.Cli.Watching;

/// <summary>
/// Keeps the bundle of each source of a directory up to date (spec/cli.md §6). Events only say when to look; what to do comes from what is there then, so
/// it does not matter how an editor saves. Bundles are no sources, so writing them starts nothing.
/// </summary>
internal sealed class BundleWatch(string root) : IDisposable
{
    /// <summary>What a failed bundle lacks may turn up anywhere: in a directory nobody named, or in node_modules after an npm install.</summary>
    private static readonly TimeSpan RetryFailed = TimeSpan.FromSeconds(1);

    private readonly DirectoryEvents _events = new();
    private readonly BundleOptions _options = new() { Read = SourceFiles.Read };
    private readonly SortedDictionary<string, WatchedSource> _sources = new(StringComparer.Ordinal);

    /// <summary>Works until it is cancelled.</summary>
    /// <param name="ready">Called when everything has been bundled once.</param>
    internal void Run(Action ready, CancellationToken stop)
    {
        Terminal.Result($"Watching {root}...");
        Look([]);
        ready();
        try
        {
            while (true)
                Look(_events.Wait(HasFailed ? RetryFailed : Timeout.InfiniteTimeSpan, stop));
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    public void Dispose() => _events.Dispose();

    private bool HasFailed => _sources.Values.Any(s => s.Failure is not null);

    /// <summary>Sees what is there, and bundles what is not up to date.</summary>
    private void Look(HashSet<string> touched)
    {
        SortedSet<string> present = SourceTree.Scan(root, _events.Listen);
        SortedSet<string> changed = new(Changed(touched), StringComparer.Ordinal);
        foreach (string gone in _sources.Keys.Where(s => !present.Contains(s)).ToArray())
            Remove(gone);
        foreach (string source in present.Where(s => !_sources.ContainsKey(s)).ToArray())
        {
            _sources.Add(source, new WatchedSource());
            Terminal.Result($"Source file added: {source}");
            changed.Add(source);
        }
        foreach (string path in changed.Where(p => _sources.TryGetValue(p, out WatchedSource? s) ? s.Inputs.Count > 0 || s.Failure is not null : File.Exists(p)))
            Terminal.Result($"Source file changed: {path}");
        BundleAll([.. _sources.Where(s => s.Value.Failure is not null || changed.Contains(s.Key) || changed.Overlaps(s.Value.Inputs.Keys)).Select(s => new BundleTarget(s.Key, SourceFiles.BundleOf(s.Key)))]);
    }

    /// <summary>
    /// Files in use that were written or have gone. Other differences count only when events were lost: a file that is being written differs too, and its
    /// event comes when it is whole.
    /// </summary>
    private IEnumerable<string> Changed(HashSet<string> touched)
    {
        bool lost = touched.Contains(DirectoryEvents.Lost);
        return _sources.SelectMany(s => s.Value.Inputs)
            .Where(input => touched.Contains(input.Key) || (FileStamp.Of(input.Key) is var now && now != input.Value && (lost || now == FileStamp.None)))
            .Select(input => input.Key)
            .Concat(_sources.Keys.Where(touched.Contains));
    }

    private void Remove(string source)
    {
        _sources.Remove(source);
        Terminal.Result($"Source file removed: {source}");
        string bundle = SourceFiles.BundleOf(source);
        if (!File.Exists(bundle))
            return;
        File.Delete(bundle);
        Terminal.Result($"Removed: {bundle}");
    }

    private void BundleAll(BundleTarget[] targets)
    {
        bool hadFailed = HasFailed;
        BundleWorkers.Run(targets, target => BundleOutcome.Of(target, _options, BundleFile.Replace), Tell, _ => { });
        if (hadFailed && !HasFailed)
            Terminal.Result("All bundles are up to date again.");
    }

    private void Tell(BundleOutcome outcome)
    {
        WatchedSource source = _sources[outcome.Target.Source];
        if (outcome.Failure is { } failure && !string.Equals(failure, source.Failure, StringComparison.Ordinal))
            Terminal.Say($"Failed to bundle file: {failure}");
        source.Failure = outcome.Failure;
        if (outcome.Result is not { } result)
            return;
        foreach (string warning in result.Warnings.Where(source.Warned.Add))
            Terminal.Say($"Warning: {warning}");
        source.Inputs = result.Inputs.ToDictionary(i => i, FileStamp.Of, StringComparer.Ordinal);
        foreach (string directory in result.Inputs.Select(i => Path.GetDirectoryName(i)!).Distinct(StringComparer.Ordinal))
            _events.Listen(directory);
        Terminal.Result($"Wrote {outcome.Target.Bundle}: {result.Bytes.Length} bytes");
    }
}
