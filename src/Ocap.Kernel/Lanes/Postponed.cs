using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// Settled promises for which a notify had no room, and which the vat is told of later. A vat forgets a promise when it has been told; promises that lead to each
/// other in a circle must be told together, or each would introduce the others anew for ever. So this counts how often each has been put off since any was, and
/// a vat that has been told of all of them starts afresh.
/// </summary>
internal sealed class Postponed
{
    /// <summary>A promise is put off so often: more than once, for several that are told on their own may lead to it.</summary>
    private const int MostTimes = 3;

    private readonly Dictionary<KRef, int> _times = [];
    private readonly HashSet<KRef> _awaited = [];

    /// <summary>Puts a promise off. False when that has been done too often.</summary>
    internal bool TryAdd(KRef promise)
    {
        int times = _times.GetValueOrDefault(promise);
        if (times >= MostTimes)
        {
            return false;
        }

        _times[promise] = times + 1;
        _awaited.Add(promise);
        return true;
    }

    /// <summary>The vat is told of promises.</summary>
    internal void Told(IEnumerable<KRef> promises)
    {
        if (_awaited.Count == 0)
        {
            return;
        }

        _awaited.ExceptWith(promises);
        if (_awaited.Count == 0)
        {
            _times.Clear();
        }
    }

    /// <summary>The heap that waited is gone.</summary>
    internal void Forget()
    {
        _times.Clear();
        _awaited.Clear();
    }
}
