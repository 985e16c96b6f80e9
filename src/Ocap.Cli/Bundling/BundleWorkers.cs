using System.Collections.Concurrent;

namespace Ocap.Cli.Bundling;

/// <summary>Works through targets on all cores. What is told comes in the order of the targets, whoever is done first.</summary>
internal static class BundleWorkers
{
    /// <summary>One stack size for every source, so that how deep it may nest does not depend on where it is bundled.</summary>
    internal const int StackBytes = 16 * 1024 * 1024;

    /// <param name="targets">What to do.</param>
    /// <param name="work">Does one; called on several threads.</param>
    /// <param name="done">Told of each outcome, in order, on this thread.</param>
    /// <param name="progress">Told how many are finished, on this thread, before what is told of them.</param>
    internal static void Run(IReadOnlyList<BundleTarget> targets, Func<BundleTarget, BundleOutcome> work, Action<BundleOutcome> done, Action<int> progress)
    {
        using BlockingCollection<(int Index, BundleOutcome Outcome)> finished = new();
        int next = -1;
        Thread[] workers = [.. Enumerable.Range(0, Math.Min(targets.Count, Environment.ProcessorCount)).Select(_ => new Thread(Work, StackBytes) { Name = "bundle", IsBackground = true })];
        Array.ForEach(workers, static worker => worker.Start());
        try
        {
            BundleOutcome?[] outcomes = new BundleOutcome?[targets.Count];
            int told = 0;
            for (int count = 1; count <= targets.Count; count++)
            {
                (int index, BundleOutcome outcome) = finished.Take();
                outcomes[index] = outcome;
                progress(count);
                for (; told < outcomes.Length && outcomes[told] is { } ready; told++)
                    done(ready);
            }
        }
        finally
        {
            // Where nobody can be told any more, no further one is begun; what is being written is written to its end.
            Volatile.Write(ref next, targets.Count);
            Array.ForEach(workers, static worker => worker.Join());
        }

        void Work()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < targets.Count;)
                finished.Add((i, work(targets[i])));
        }
    }
}
