using System.Diagnostics.CodeAnalysis;
using Jint.Native;

namespace Ocap.Vats.Weak;

/// <summary>
/// What weak collections hold under one key; it is part of the key. So a value lives as long as its key, whatever leads from it to the key or to other keys,
/// and the collector follows it as any other reference. The price: it outlives its collection, until so many have come since that the dead are looked for.
/// </summary>
internal sealed class WeakEntries
{
    private const int Few = 8;

    // Most keys are in one collection, or in two.
    private List<(Owner Owner, JsValue Value)> _entries = new(1);
    private Dictionary<Owner, JsValue>? _many;
    private int _next = Few;

    internal int Count => _many?.Count ?? _entries.Count;

    internal bool TryGet(Owner owner, [MaybeNullWhen(false)] out JsValue value)
    {
        if (_many is not null)
        {
            return _many.TryGetValue(owner, out value);
        }

        int index = IndexOf(owner);
        value = index < 0 ? null : _entries[index].Value;
        return index >= 0;
    }

    internal void Put(Owner owner, JsValue value)
    {
        if (_many is not null)
        {
            _many[owner] = value;
        }
        else if (IndexOf(owner) is >= 0 and var index)
        {
            _entries[index] = (owner, value);
        }
        else
        {
            _entries.Add((owner, value));
        }

        if (Count > _next)
        {
            DropDead();
        }
    }

    internal bool Remove(Owner owner)
    {
        if (_many is not null)
        {
            return _many.Remove(owner);
        }

        int index = IndexOf(owner);
        if (index >= 0)
        {
            _entries.RemoveAt(index);
        }

        return index >= 0;
    }

    private int IndexOf(Owner owner)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Owner == owner)
            {
                return i;
            }
        }

        return -1;
    }

    private void DropDead()
    {
        _many ??= _entries.ToDictionary(static entry => entry.Owner, static entry => entry.Value);
        _entries = [];
        foreach (Owner owner in _many.Keys)
        {
            if (!owner.IsAlive)
            {
                _many.Remove(owner);
            }
        }

        _next = Math.Max(Few, 2 * _many.Count);
    }

    /// <summary>A collection, as its keys know it: they do not keep it alive.</summary>
    internal sealed class Owner(AwareCollection collection)
    {
        private readonly WeakReference<AwareCollection> _collection = new(collection);

        internal bool IsAlive => _collection.TryGetTarget(out _);
    }
}
