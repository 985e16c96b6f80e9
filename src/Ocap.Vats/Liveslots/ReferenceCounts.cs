using System.Globalization;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>How often stored data mentions each reference, and which stored objects the kernel can reach or recognize.</summary>
internal sealed class ReferenceCounts(JsRealm realm, CrankVatstore store, ReferenceTable references, StoreKinds kinds)
{
    private readonly Dictionary<ObjectInstance, int> _heapCounts = new(ReferenceEqualityComparer.Instance);

    /// <summary>References whose object may have become unreachable.</summary>
    internal SortedSet<string> PossiblyDead { get; } = new(StringComparer.Ordinal);

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

    internal void Remove(string vref)
    {
        VatSlot slot = VatSlot.Parse(vref);
        if (IsCountedInStore(slot))
        {
            SetCount(slot.BaseRef, Count(slot.BaseRef) is > 0 and var count ? count - 1 : throw Below(slot.BaseRef));
        }
        else if (slot.Type != VatSlotType.Device)
        {
            ObjectInstance value = references.Require(vref);
            int count = _heapCounts.GetValueOrDefault(value);
            if (count == 0)
            {
                throw Below(vref);
            }

            if (count == 1)
            {
                _heapCounts.Remove(value);
            }
            else
            {
                _heapCounts[value] = count - 1;
            }
        }
    }

    /// <summary>Counts the references that a changed value mentions instead of those it did.</summary>
    internal void Update(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
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

    /// <summary>Whether a stored weak collection has an entry for it.</summary>
    internal bool IsRecognizable(string vref)
    {
        string prefix = $"vom.ir.{vref}|";
        return store.NextKey(prefix) is { } next && next.StartsWith(prefix, StringComparison.Ordinal);
    }

    /// <summary>Notes what the kernel can do with a stored object: <c>r</c>each it, <c>s</c>ee (recognize) it, or <c>n</c>othing.</summary>
    internal void SetExportStatus(string vref, char status)
    {
        VatSlot slot = VatSlot.Parse(vref);
        string key = "vom.es." + slot.BaseRef;
        int facet = slot.Facet ?? 0;
        char[] facets = (store.Get(key) ?? "").PadRight(facet + 1, 'n').ToCharArray();
        facets[facet] = status;
        if (status == 'n' && facets.All(static other => other == 'n'))
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
