using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Marshal;

namespace Ocap.Kernel.CLists;

/// <summary>From the kernel's names to a vat's, when a crank is dispatched. It writes that vat's c-list only; the counts follow at commit (K1).</summary>
internal sealed class OutboundTranslator(StateView view, VatId vat)
{
    private readonly CList _clist = new(view, vat);

    /// <summary>Imports whose count the commit must take: new entries, and objects the vat had dropped and is given again (K9).</summary>
    internal List<Introduction> Introductions { get; } = [];

    internal string Ref(KRef kref)
    {
        if (_clist.ToVat(kref) is not { } entry)
        {
            VRef vref = _clist.NextImport(kref);
            _clist.Add(kref, vref);
            Introductions.Add(new Introduction(kref, IsNew: true));
            return vref.Text;
        }

        if (!entry.IsReachable)
        {
            _clist.SetReachable(kref, entry, true);
            if (!entry.VRef.IsExport)
            {
                Introductions.Add(new Introduction(kref, IsNew: false));
            }
        }

        return entry.VRef.Text;
    }

    internal CapData Data(CapData value)
    {
        if (value.Slots.Count == 0)
        {
            return value;
        }

        string[] slots = new string[value.Slots.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = Ref(KRef.Parse(value.Slots[i]));
        }

        return value with { Slots = slots };
    }
}

/// <summary>An import that a dispatch gave to a vat: a new c-list entry, or one that is reachable again.</summary>
internal readonly record struct Introduction(KRef KRef, bool IsNew);
