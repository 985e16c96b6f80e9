using System.Globalization;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Objects;

/// <summary>Kernel objects: who owns them, how many hold them, whether they are revoked (spec/store.md §2; counts: design/architecture.md §4).</summary>
internal readonly struct ObjectTable(StateView view)
{
    internal KRef Create(Endpoint owner)
    {
        KRef ko = KRef.Object(Counter.Take(view, "nextObjectId"));
        view.Create(Key(ko, ".owner"), owner.ToString());
        view.Create(Key(ko, ".refCount"), "0,0");
        return ko;
    }

    internal bool Exists(KRef ko) => view.Get(Key(ko, ".refCount")) is not null;

    /// <summary>The owner, or null for an object that is an orphan or does not exist.</summary>
    internal Endpoint? Owner(KRef ko) => view.Get(Key(ko, ".owner")) is { } owner ? Endpoint.Parse(owner) : null;

    /// <summary>Takes the owner away: messages to the object are rejected from now on.</summary>
    internal void Orphan(KRef ko) => view.Delete(Key(ko, ".owner"));

    internal bool IsRevoked(KRef ko) => string.Equals(view.Get(Key(ko, ".revoked")), "true", StringComparison.Ordinal);

    internal void Revoke(KRef ko) => view.Put(Key(ko, ".revoked"), "true");

    internal RefCounts Counts(KRef ko) => view.Get(Key(ko, ".refCount")) is { } text ? RefCounts.Parse(text) : default;

    /// <summary>Adds to the counts and returns the new ones. A decrement of something gone is dropped (K6).</summary>
    internal RefCounts Add(KRef ko, int reachable, int recognizable)
    {
        if (view.Get(Key(ko, ".refCount")) is not { } text)
        {
            return reachable > 0 || recognizable > 0
                ? throw new KernelInvariantException($"increment of {ko}, which is gone")
                : default;
        }

        RefCounts old = RefCounts.Parse(text);
        var counts = new RefCounts(old.Reachable + reachable, old.Recognizable + recognizable);
        if (counts.Reachable < 0 || counts.Reachable > counts.Recognizable)
        {
            throw new KernelInvariantException($"\"{ko}\" underflow {counts}");
        }

        view.Put(Key(ko, ".refCount"), counts.ToString());
        return counts;
    }

    internal void Delete(KRef ko)
    {
        view.Delete(Key(ko, ".owner"));
        view.Delete(Key(ko, ".refCount"));
        if (view.Get(Key(ko, ".revoked")) is not null)
        {
            view.Delete(Key(ko, ".revoked"));
        }
    }

    private static string Key(KRef ko, string suffix) => string.Create(CultureInfo.InvariantCulture, stackalloc char[48], $"ko{ko.Number}{suffix}");
}
