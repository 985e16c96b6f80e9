using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Kinds;

/// <summary>
/// The states that the running crank works with. It is empty between cranks, so that nothing depends on how long ago something was used; within a crank
/// it is bounded: when it is full the half that was used last stays, and what goes is written first.
/// </summary>
internal sealed class StateCache(CrankVatstore store)
{
    private const int MostRecent = 5_000;

    private Dictionary<string, StateData> _recent = new(StringComparer.Ordinal);
    private Dictionary<string, StateData> _older = new(StringComparer.Ordinal);

    /// <summary>The state of an object; null when nothing is stored under that reference.</summary>
    internal StateData? Find(string baseRef)
    {
        if (_recent.TryGetValue(baseRef, out StateData? data))
        {
            return data;
        }

        if (!_older.Remove(baseRef, out data))
        {
            if (store.Get(StateData.RowOf(baseRef)) is not { } stored)
            {
                return null;
            }

            data = StateData.Read(baseRef, stored);
        }

        Keep(data);
        return data;
    }

    internal void Keep(StateData data)
    {
        if (_recent.Count >= MostRecent)
        {
            Write(_older);
            (_recent, _older) = (_older, _recent);
            _recent.Clear();
        }

        _recent[data.BaseRef] = data;
    }

    internal void Delete(string baseRef)
    {
        _recent.Remove(baseRef);
        _older.Remove(baseRef);
        store.Delete(StateData.RowOf(baseRef));
    }

    /// <summary>Writes what was changed, at the end of a crank.</summary>
    internal void Flush()
    {
        Write(_older);
        Write(_recent);
        Clear();
    }

    internal void Clear()
    {
        _recent.Clear();
        _older.Clear();
    }

    private void Write(Dictionary<string, StateData> states)
    {
        foreach (StateData data in states.Values)
        {
            if (data.IsChanged)
            {
                store.Set(StateData.RowOf(data.BaseRef), data.ToJson());
                data.IsChanged = false;
            }
        }
    }
}
