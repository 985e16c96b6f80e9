using System.Text;
using System.Text.Json;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.Gc;

/// <summary>
/// The actions that wait for their vat (key <c>gcActions</c>). In memory as of the newest commit; a commit changes it by element (K6) and the
/// merge makes the change.
/// </summary>
internal sealed class GcActionSet
{
    internal const string Key = "gcActions";

    private readonly SortedSet<GcAction> _actions = [];

    internal int Count => _actions.Count;

    internal bool Contains(GcAction action) => _actions.Contains(action);

    /// <summary>Vats that have actions waiting, in order.</summary>
    internal List<VatId> Vats()
    {
        var vats = new List<VatId>();
        foreach (GcAction action in _actions)
        {
            if (vats.Count == 0 || vats[^1] != action.Vat)
            {
                vats.Add(action.Vat);
            }
        }

        return vats;
    }

    /// <summary>The actions for a vat, in the order in which it is told.</summary>
    internal List<GcAction> For(VatId vat) => [.. _actions.GetViewBetween(
        new GcAction(vat, GcActionKind.DropExport, KRef.Object(0)), new GcAction(vat, GcActionKind.RetireImport, KRef.Promise(long.MaxValue)))];

    internal void Load(StateView view)
    {
        _actions.Clear();
        using JsonDocument document = JsonDocument.Parse(view.Get(Key) ?? "[]");
        foreach (JsonElement action in document.RootElement.EnumerateArray())
        {
            _actions.Add(GcAction.Parse(action.GetString() ?? ""));
        }
    }

    /// <summary>Writes the set as it will be after a commit; the texts stand in plain string order, as the reference sorts them.</summary>
    internal void Write(StateView view, HashSet<GcAction> added, HashSet<GcAction> removed)
    {
        string[] texts = [.. _actions.Where(action => !removed.Contains(action)).Union(added).Select(static action => action.ToString())];
        Array.Sort(texts, StringComparer.Ordinal);
        var json = new StringBuilder("[");
        foreach (string text in texts)
        {
            json.Append(json.Length == 1 ? "\"" : ",\"").Append(text).Append('"');
        }

        view.Put(Key, json.Append(']').ToString());
    }

    internal void Merged(HashSet<GcAction> added, HashSet<GcAction> removed)
    {
        _actions.ExceptWith(removed);
        _actions.UnionWith(added);
    }
}
