using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Weak;

/// <summary>The weak collections of the heap that have entries under references: when one is collected, it recognizes nothing any more.</summary>
internal sealed class WeakCollections(Recognizers recognizers)
{
    private readonly List<(WeakReference<AwareCollection> Collection, AwareCollection.ByReference Entries)> _watched = [];

    internal void Watch(AwareCollection collection, AwareCollection.ByReference entries) => _watched.Add((new(collection), entries));

    internal void SweepCollected() => _watched.RemoveAll(watched =>
    {
        if (watched.Collection.TryGetTarget(out _))
        {
            return false;
        }

        foreach (string vref in watched.Entries.Entries.Keys)
        {
            recognizers.Remove(vref, watched.Entries);
        }

        return true;
    });
}
