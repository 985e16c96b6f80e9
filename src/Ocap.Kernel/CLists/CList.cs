using Ocap.Kernel.Refs;
using Ocap.Kernel.State;

namespace Ocap.Kernel.CLists;

/// <summary>
/// One vat's two-way table between krefs and vrefs (spec/kernel-semantics.md §2). Changed by its own lane alone, except after the vat's end (K5).
/// Counts are not kept here: whoever adds or removes an entry says so to the counts.
/// </summary>
internal readonly struct CList(StateView view, VatId vat)
{
    private readonly string _prefix = string.Concat(vat.ToString(), ".c.");

    internal VatId Vat => vat;

    internal KRef? ToKernel(string vref) => view.Get(string.Concat(_prefix, vref)) is { } kref ? KRef.Parse(kref) : null;

    internal CListEntry? ToVat(KRef kref) => view.Get(string.Concat(_prefix, kref.ToString())) is { } value ? CListEntry.Parse(value) : null;

    internal void Add(KRef kref, VRef vref)
    {
        view.Create(string.Concat(_prefix, kref.ToString()), new CListEntry(true, vref).ToString());
        view.Create(string.Concat(_prefix, vref.Text), kref.ToString());
    }

    internal void SetReachable(KRef kref, CListEntry entry, bool reachable) =>
        view.Put(string.Concat(_prefix, kref.ToString()), (entry with { IsReachable = reachable }).ToString());

    internal void Remove(KRef kref, VRef vref)
    {
        view.Delete(string.Concat(_prefix, kref.ToString()));
        view.Delete(string.Concat(_prefix, vref.Text));
    }

    /// <summary>The number of the next object or promise the kernel introduces to this vat.</summary>
    internal VRef NextImport(KRef kref) => kref.IsPromise
        ? VRef.ImportedPromise(Counter.Take(view, string.Concat("e.nextPromiseId.", vat.ToString())))
        : VRef.ImportedObject(Counter.Take(view, string.Concat("e.nextObjectId.", vat.ToString())));

    /// <summary>The first entries behind <paramref name="after"/> (null: from the start), all or those of promises only. The order is that of their keys.</summary>
    internal List<(KRef KRef, CListEntry Entry)> Some(KRef? after, int most, bool promisesOnly)
    {
        List<KeyValuePair<string, string>> rows = view.ScanSome(string.Concat(_prefix, promisesOnly ? "kp" : "k"), after is { } kref ? string.Concat(_prefix, kref.ToString()) : "", most);
        var entries = new List<(KRef KRef, CListEntry Entry)>(rows.Count);
        foreach ((string key, string value) in rows)
        {
            entries.Add((KRef.Parse(key[_prefix.Length..]), CListEntry.Parse(value)));
        }

        return entries;
    }

    /// <summary>Whether there are more entries than so many.</summary>
    internal bool HasMoreThan(int count) => view.ScanSome(string.Concat(_prefix, "k"), "", count + 1).Count > count;

    /// <summary>All entries, in kref order.</summary>
    internal List<(KRef KRef, CListEntry Entry)> Entries()
    {
        var entries = new List<(KRef KRef, CListEntry Entry)>();
        foreach ((string key, string value) in view.Scan(_prefix))
        {
            if (KRef.TryParse(key[_prefix.Length..], out KRef kref))
            {
                entries.Add((kref, CListEntry.Parse(value)));
            }
        }

        entries.Sort(static (a, b) => a.KRef.CompareTo(b.KRef));
        return entries;
    }
}

/// <summary>The vat's side of a c-list entry: <c>R o+5</c> (reachable) or <c>_ o+5</c> (only recognizable).</summary>
internal readonly record struct CListEntry(bool IsReachable, VRef VRef)
{
    internal static CListEntry Parse(string text)
    {
        if (text.Length < 3 || text[0] is not ('R' or '_') || text[1] != ' ')
        {
            throw new KernelInvariantException($"flag (\"{(text.Length > 0 ? text[..1] : "")}\") must be 'R' or '_'");
        }

        return VRef.TryParse(text[2..], out VRef vref)
            ? new CListEntry(text[0] == 'R', vref)
            : throw new KernelInvariantException($"not a valid VRef: \"{text[2..]}\"");
    }

    /// <inheritdoc />
    public override string ToString() => string.Concat(IsReachable ? "R " : "_ ", VRef.Text);
}
