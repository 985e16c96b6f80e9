using System.Globalization;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>How often stored data mentions each reference, and which stored objects the kernel can reach or recognize.</summary>
internal sealed class ReferenceCounts(JsRealm realm, CrankVatstore store, ReferenceTable references, KindTable kinds)
{
    private readonly Dictionary<ObjectInstance, int> _heapCounts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Objects (by the reference without facet) that have lost one of the things that kept them.</summary>
    internal HashSet<string> PossiblyDead => references.PossiblyDead;

    internal bool IsDurable(string vref)
    {
        VatSlot slot = VatSlot.Parse(vref);
        return slot.Type switch
        {
            VatSlotType.Promise => false,
            VatSlotType.Device => true,
            _ => !slot.AllocatedByVat || (slot.IsStored && kinds.IsDurable(slot.Id)),
        };
    }

    internal void Add(IEnumerable<string> vrefs)
    {
        foreach (string vref in vrefs)
        {
            Add(vref);
        }
    }

    internal void Add(string vref)
    {
        VatSlot slot = VatSlot.Parse(vref);
        if (IsCountedInStore(slot))
        {
            SetCount(slot.BaseRef, Count(slot.BaseRef) + 1);
        }
        else if (slot.Type != VatSlotType.Device)
        {
            ObjectInstance value = references.Require(vref);
            _heapCounts[value] = _heapCounts.GetValueOrDefault(value) + 1;
        }
    }

    /// <summary>True when heap objects may have become garbage.</summary>
    internal bool Remove(IEnumerable<string> vrefs)
    {
        bool mayFree = false;
        foreach (string vref in vrefs)
        {
            mayFree |= Remove(vref);
        }

        return mayFree;
    }

    /// <summary>True when a heap object may have become garbage.</summary>
    internal bool Remove(string vref)
    {
        VatSlot slot = VatSlot.Parse(vref);
        if (IsCountedInStore(slot))
        {
            SetCount(slot.BaseRef, Count(slot.BaseRef) is > 0 and var stored ? stored - 1 : throw Below(slot.BaseRef));
            return false;
        }

        if (slot.Type == VatSlotType.Device)
        {
            return false;
        }

        ObjectInstance value = references.Require(vref);
        int count = _heapCounts.GetValueOrDefault(value);
        if (count > 1)
        {
            _heapCounts[value] = count - 1;
            return false;
        }

        return count == 1 ? _heapCounts.Remove(value) : throw Below(vref);
    }

    /// <summary>Counts the references that a changed value mentions instead of those it did.</summary>
    internal void Update(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (before.Count == 0 && after.Count == 0)
        {
            return;
        }

        foreach (string vref in before.Union(after, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!before.Contains(vref, StringComparer.Ordinal))
            {
                Add(vref);
            }
            else if (!after.Contains(vref, StringComparer.Ordinal))
            {
                Remove(vref);
            }
        }
    }

    internal bool IsMentioned(ObjectInstance promise) => _heapCounts.ContainsKey(promise);

    internal bool IsImportReachable(string vref) => Count(vref) > 0;

    /// <summary>Whether stored data or the kernel keeps a stored object.</summary>
    internal bool IsStoredReachable(string baseRef) => Count(baseRef) > 0 || (store.Get("vom.es." + baseRef)?.Contains('r', StringComparison.Ordinal) ?? false);

    /// <summary>Forgets the counts of an object that is gone; returns the references by which the kernel could recognize it.</summary>
    internal IReadOnlyList<string> Forget(string baseRef)
    {
        string status = store.Get("vom.es." + baseRef) ?? "";
        store.Delete("vom.rc." + baseRef);
        store.Delete("vom.es." + baseRef);
        if (status is "s")
        {
            return [baseRef];
        }

        List<string> recognized = [];
        for (int facet = 0; facet < status.Length; facet++)
        {
            if (status[facet] == 's')
            {
                recognized.Add($"{baseRef}:{facet}");
            }
        }

        return recognized;
    }

    /// <summary>Notes what the kernel can do with a stored object: <c>r</c>each it, <c>s</c>ee (recognize) it, or <c>n</c>othing.</summary>
    internal void SetExportStatus(string vref, char status)
    {
        VatSlot slot = VatSlot.Parse(vref);
        string key = "vom.es." + slot.BaseRef;
        char[] facets = (store.Get(key) ?? "").PadRight(kinds.FacetCount(slot.Id), 'n').ToCharArray();
        facets[slot.Facet ?? 0] = status;
        if (status == 'n' && Array.TrueForAll(facets, static other => other == 'n'))
        {
            store.Delete(key);
            return;
        }

        store.Set(key, new string(facets));
        if (status == 's' && !facets.Contains('r') && Count(slot.BaseRef) == 0)
        {
            PossiblyDead.Add(slot.BaseRef);
        }
    }

    private static bool IsCountedInStore(VatSlot slot) => slot.Type == VatSlotType.Object && (!slot.AllocatedByVat || slot.IsStored);

    private long Count(string baseRef) => store.Get("vom.rc." + baseRef) is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : 0;

    private void SetCount(string baseRef, long count)
    {
        if (count == 0)
        {
            store.Delete("vom.rc." + baseRef);
            PossiblyDead.Add(baseRef);
        }
        else
        {
            store.Set("vom.rc." + baseRef, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private Jint.Runtime.JavaScriptException Below(string vref) => realm.Fail($"attempt to decref {Quoting.Quote(vref)} below 0");
}
