using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Weak;

/// <summary>The weak collections of the heap that have entries under references: when one is collected, it recognizes nothing any more.</summary>
internal sealed class WeakCollections(Recognizers recognizers)
{
    private readonly List<(WeakReference<AwareCollection> Collection, AwareCollection.ByReference Entries)> _watched = [];

    internal void Watch(AwareCollection collection, AwareCollection.ByReference entries) => _watched.Add((new(collection), entries));

    /// <summary>Forgets those that have been collected. True when one of them held objects: only from now on may these be garbage.</summary>
    internal bool SweepCollected()
    {
        bool held = false;
        _watched.RemoveAll(watched =>
        {
            if (watched.Collection.TryGetTarget(out _))
            {
                return false;
            }

            foreach ((string vref, JsValue value) in watched.Entries.Entries)
            {
                held |= value is ObjectInstance;
                recognizers.Remove(vref, watched.Entries);
            }

            return true;
        });
        return held;
    }
}
