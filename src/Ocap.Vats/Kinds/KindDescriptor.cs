using System.Text;
using Ocap.Marshal;
using Ocap.Vats.Collections;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Kinds;

/// <summary>What the vat's store knows of a durable kind: enough for a later incarnation to define it again, compatibly.</summary>
internal sealed class KindDescriptor(VatHeap heap, string id, KindTag tag)
{
    internal string Id => id;

    internal string Tag => tag.Text;

    /// <summary>Whether it was defined as a kind of objects without facets.</summary>
    internal bool IsUnfaceted { get; private set; }

    /// <summary>Names of its facets in the order of their numbers, if it was defined with facets.</summary>
    internal IReadOnlyList<string>? FacetNames { get; private set; }

    internal CapData? StateShape { get; set; }

    internal static KindDescriptor Load(VatHeap heap, string id)
    {
        string text = heap.Store.Get(RowOf(id)) ?? throw heap.Realm.Fail($"unknown kind ID {Quoting.Quote(id)}");
        var record = (JsonTree.Record)JsonTree.Parse(text);
        var descriptor = new KindDescriptor(heap, id, KindTag.Read(record["tag"]))
        {
            IsUnfaceted = record["unfaceted"] is JsonTree.Bool { Value: true },
            FacetNames = record["facets"] is JsonTree.List facets ? [.. facets.Items.Select(static name => ((JsonTree.Text)name).Value)] : null,
            StateShape = record["stateShapeCapData"] is JsonTree.Record shape ? StoredCapData.From(shape) : null,
        };
        return descriptor;
    }

    internal void Save() => heap.Store.Set(RowOf(id), ToJson());

    /// <summary>Takes over how the kind is defined now: facets may be added to those it has, never taken away.</summary>
    internal void Redefine(IReadOnlyList<string>? facetNames)
    {
        if (IsUnfaceted && facetNames is not null)
        {
            throw heap.Realm.Fail($"defineDurableKindMulti called for unfaceted KindHandle {Quoting.Quote(Tag)}");
        }

        if (facetNames is null)
        {
            IsUnfaceted = FacetNames is null ? true : throw heap.Realm.Fail($"defineDurableKind called for faceted KindHandle {Quoting.Quote(Tag)}");
            return;
        }

        IReadOnlyList<string> known = FacetNames ?? [];
        if (known.FirstOrDefault(name => !facetNames.Contains(name, StringComparer.Ordinal)) is { } missing)
        {
            throw heap.Realm.Fail(
                $"durable kind \"{Quoting.Quote(Tag)}\" facets ({Quoting.Quote(string.Join(',', facetNames))}) is missing {Quoting.Quote(missing)} from original definition ({Quoting.Quote(string.Join(',', known))})");
        }

        FacetNames = [.. known, .. facetNames.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string RowOf(string id) => $"vom.dkind.{id}.descriptor";

    private string ToJson()
    {
        var text = new StringBuilder("{\"kindID\":");
        SmallcapsText.AppendJson(text, id);
        text.Append(tag.Property);
        if (IsUnfaceted)
        {
            text.Append(",\"unfaceted\":true");
        }
        else if (FacetNames is not null)
        {
            text.Append(",\"facets\":[").AppendJoin(',', FacetNames.Select(SmallcapsText.QuoteJson)).Append(']');
        }

        if (StateShape is { } shape)
        {
            text.Append(",\"stateShapeCapData\":").Append(StoredCapData.Write(shape));
        }

        return text.Append('}').ToString();
    }
}
