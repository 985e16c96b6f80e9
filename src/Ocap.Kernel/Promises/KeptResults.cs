using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Promises;

/// <summary>
/// Settled results that were told outside and mention references: each holds its promise, or collection would delete what a caller has just
/// been given (K8). Kept under <c>keptResult.&lt;kp&gt;</c>, the newest so many.
/// </summary>
internal sealed class KeptResults(int limit)
{
    internal const string Prefix = "keptResult.";

    private readonly SortedSet<KRef> _kept = [];

    internal static string Key(KRef promise) => string.Concat(Prefix, promise.ToString());

    internal void Load(StateView view)
    {
        _kept.Clear();
        foreach ((string key, string _) in view.Scan(Prefix))
        {
            _kept.Add(KRef.Parse(key[Prefix.Length..]));
        }
    }

    internal void Merged(IReadOnlyList<KRef> added) => _kept.UnionWith(added);

    /// <summary>The oldest ones beyond the limit, which a commit may let go.</summary>
    internal bool TryTakeExcess(out KRef promise)
    {
        promise = default;
        if (_kept.Count <= limit)
        {
            return false;
        }

        promise = _kept.Min;
        _kept.Remove(promise);
        return true;
    }

    internal static void LetGo(Commit commit, KRef promise)
    {
        commit.Writes.Delete(Key(promise));
        commit.Release(promise);
    }
}
