using System.Globalization;
using System.Text;
using Ocap.Vats.Marshal;
using Ocap.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>The counters behind new references. They live in the vat's store, so that no reference is ever used twice.</summary>
internal sealed class IdCounters(CrankVatstore store)
{
    private const string Key = "idCounters";

    private readonly List<KeyValuePair<string, long>> _counters = [new("exportID", 1), new("collectionID", 1), new("promiseID", 5)];
    private bool _changed;

    /// <summary>Whether the vat has never run before.</summary>
    internal bool IsFirstIncarnation { get; private set; }

    internal void Load()
    {
        IsFirstIncarnation = store.Get(Key) is null;
        if (store.Get(Key) is { } saved && JsonTree.Parse(saved) is JsonTree.Record record)
        {
            foreach ((string name, JsonTree value) in record.Entries)
            {
                Put(name, (long)((JsonTree.Number)value).Value);
            }
        }

        _changed = true;
    }

    internal long NextExport() => Next("exportID");

    internal long NextCollection() => Next("collectionID");

    internal long NextPromise() => Next("promiseID");

    internal void Flush()
    {
        if (!_changed)
        {
            return;
        }

        var text = new StringBuilder("{");
        foreach ((string name, long value) in _counters)
        {
            SmallcapsText.AppendJson(text.Length > 1 ? text.Append(',') : text, name);
            text.Append(CultureInfo.InvariantCulture, $":{value}");
        }

        store.Set(Key, text.Append('}').ToString());
        _changed = false;
    }

    private int IndexOf(string name) => _counters.FindIndex(counter => string.Equals(counter.Key, name, StringComparison.Ordinal));

    private long Next(string name)
    {
        int index = IndexOf(name);
        long value = _counters[index].Value;
        _counters[index] = new(name, value + 1);
        _changed = true;
        return value;
    }

    private void Put(string name, long value)
    {
        int index = IndexOf(name);
        if (index < 0)
        {
            _counters.Add(new(name, value));
        }
        else
        {
            _counters[index] = new(name, value);
        }
    }
}
