using System.Text;
using System.Text.Json;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Gc;

/// <summary>
/// The actions that wait for their vat (key <c>gcActions</c>). In memory as of the newest commit; a commit changes it by element (K6) and the
/// merge makes the change. A dispatch looks at the vats that have any, not at the actions.
/// </summary>
internal sealed class GcActionSet
{
    internal const string Key = "gcActions";

    private readonly SortedDictionary<VatId, SortedSet<GcAction>> _byVat = [];

    /// <summary>The texts of all of them in the order of the stored value: plain string order, as the reference sorts them.</summary>
    private readonly SortedSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>Vats that have actions waiting, in order.</summary>
    internal IEnumerable<VatId> Vats => _byVat.Keys;

    /// <summary>The actions for a vat, in the order in which it is told.</summary>
    internal IReadOnlyCollection<GcAction> For(VatId vat) => _byVat.TryGetValue(vat, out SortedSet<GcAction>? actions) ? actions : [];

    internal void Load(StateView view)
    {
        _byVat.Clear();
        _texts.Clear();
        using JsonDocument document = JsonDocument.Parse(view.Get(Key) ?? "[]");
        foreach (JsonElement action in document.RootElement.EnumerateArray())
        {
            Add(GcAction.Parse(action.GetString() ?? ""));
        }
    }

    /// <summary>Writes the set as it will be after a commit.</summary>
    internal void Write(StateView view, HashSet<GcAction> added, HashSet<GcAction> removed)
    {
        HashSet<string> without = [.. removed.Select(static action => action.ToString())];
        string[] with = [.. added.Select(static action => action.ToString())];
        Array.Sort(with, StringComparer.Ordinal);
        var json = new StringBuilder("[");
        int next = 0;
        foreach (string text in _texts)
        {
            for (; next < with.Length && StringComparer.Ordinal.Compare(with[next], text) < 0; next++)
            {
                Append(json, with[next]);
            }

            bool isAdded = next < with.Length && string.Equals(with[next], text, StringComparison.Ordinal);
            if (isAdded || !without.Contains(text))
            {
                Append(json, text);
            }

            next += isAdded ? 1 : 0;
        }

        for (; next < with.Length; next++)
        {
            Append(json, with[next]);
        }

        view.Put(Key, json.Append(']').ToString());
    }

    internal void Merged(HashSet<GcAction> added, HashSet<GcAction> removed)
    {
        foreach (GcAction action in removed)
        {
            Remove(action);
        }

        foreach (GcAction action in added)
        {
            Add(action);
        }
    }

    private static void Append(StringBuilder json, string text) => json.Append(json.Length == 1 ? "\"" : ",\"").Append(text).Append('"');

    private void Add(GcAction action)
    {
        if (!_byVat.TryGetValue(action.Vat, out SortedSet<GcAction>? actions))
        {
            _byVat[action.Vat] = actions = [];
        }

        actions.Add(action);
        _texts.Add(action.ToString());
    }

    private void Remove(GcAction action)
    {
        if (_byVat.TryGetValue(action.Vat, out SortedSet<GcAction>? actions) && actions.Remove(action))
        {
            _texts.Remove(action.ToString());
            if (actions.Count == 0)
            {
                _byVat.Remove(action.Vat);
            }
        }
    }
}
