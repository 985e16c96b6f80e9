using System.Text.Json;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Gc;

/// <summary>
/// The actions that wait for their vat, a row each (<c>gcAction.v1.dropExport.ko5</c>): a commit writes those that it changes, however many there are. In memory as
/// of the newest commit; a commit changes it by element (K6) and the merge makes the change. A dispatch looks at the vats that have any, not at the actions.
/// </summary>
internal sealed class GcActionSet
{
    internal const string Prefix = "gcAction.";

    /// <summary>All of them in one row, a JSON list: so the reference stores them, and so did earlier versions. Here the list is empty.</summary>
    internal const string ListKey = "gcActions";

    private const string EmptyList = "[]";

    private readonly SortedDictionary<VatId, SortedSet<GcAction>> _byVat = [];

    /// <summary>Vats that have actions waiting, in order.</summary>
    internal IEnumerable<VatId> Vats => _byVat.Keys;

    /// <summary>The actions for a vat, in the order in which it is told.</summary>
    internal IReadOnlyCollection<GcAction> For(VatId vat) => _byVat.TryGetValue(vat, out SortedSet<GcAction>? actions) ? actions : [];

    internal static string Key(GcAction action) => string.Concat(Prefix, action.ToString().Replace(' ', '.'));

    /// <summary>Makes rows of what the list has, as part of the commit of a start.</summary>
    internal static void Unpack(StateView view)
    {
        string list = view.Get(ListKey) ?? EmptyList;
        if (string.Equals(list, EmptyList, StringComparison.Ordinal))
        {
            return;
        }

        using JsonDocument document = JsonDocument.Parse(list);
        foreach (JsonElement action in document.RootElement.EnumerateArray())
        {
            view.Put(Key(GcAction.Parse(action.GetString() ?? "")), "true");
        }

        view.Put(ListKey, EmptyList);
    }

    internal void Load(StateView view)
    {
        _byVat.Clear();
        foreach ((string key, string _) in view.Scan(Prefix))
        {
            Add(GcAction.Parse(key[Prefix.Length..].Replace('.', ' ')));
        }
    }

    /// <summary>Writes what a commit changes. What it removes and adds, it adds.</summary>
    internal void Write(StateView view, HashSet<GcAction> added, HashSet<GcAction> removed)
    {
        foreach (GcAction action in removed)
        {
            if (!added.Contains(action) && Contains(action))
            {
                view.Delete(Key(action));
            }
        }

        foreach (GcAction action in added)
        {
            if (!Contains(action))
            {
                view.Create(Key(action), "true");
            }
        }
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

    private bool Contains(GcAction action) => _byVat.TryGetValue(action.Vat, out SortedSet<GcAction>? actions) && actions.Contains(action);

    private void Add(GcAction action)
    {
        if (!_byVat.TryGetValue(action.Vat, out SortedSet<GcAction>? actions))
        {
            _byVat[action.Vat] = actions = [];
        }

        actions.Add(action);
    }

    private void Remove(GcAction action)
    {
        if (_byVat.TryGetValue(action.Vat, out SortedSet<GcAction>? actions) && actions.Remove(action) && actions.Count == 0)
        {
            _byVat.Remove(action.Vat);
        }
    }
}
