using System.Globalization;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Kinds;

/// <summary>The handles that vat code keeps to define its durable kinds again after a restart. They are stored objects themselves, of a kind every vat has.</summary>
internal sealed class KindHandles(VatHeap heap) : IStoredKind
{
    private const string Key = "kindIDID";

    // Held for as long as the incarnation lives: that a handle goes and comes back must not be seen.
    private readonly Dictionary<ObjectInstance, DurableKind> _kinds = new(ReferenceEqualityComparer.Instance);
    private string _kindOfHandles = "";

    public bool IsDurable => true;

    public IReadOnlyList<string>? FacetNames => null;

    internal void Load()
    {
        _kindOfHandles = heap.Store.Get(Key) ?? heap.Ids.NextExport().ToString(CultureInfo.InvariantCulture);
        heap.Store.Set(Key, _kindOfHandles);
        heap.Kinds.Register(ulong.Parse(_kindOfHandles, CultureInfo.InvariantCulture), this);
    }

    internal ObjectInstance Create(JsValue tag)
    {
        string id = heap.Ids.NextExport().ToString(CultureInfo.InvariantCulture);
        var kind = new DurableKind(new KindDescriptor(heap, id, KindTag.Of(heap, tag)), new InstanceIds(heap.Store, $"vom.dkind.{id}.nextID", 1));
        kind.Descriptor.Save();
        kind.Ids.Save();
        ObjectInstance handle = NewHandle(kind);
        heap.References.Register($"o+d{_kindOfHandles}/{id}", handle);
        return handle;
    }

    public ObjectInstance Reanimate(VatSlot slot)
    {
        string id = slot.SubId!.Value.ToString(CultureInfo.InvariantCulture);
        KindDescriptor descriptor = KindDescriptor.Load(heap, id);
        string row = $"vom.dkind.{id}.nextID";
        return NewHandle(new DurableKind(descriptor, new InstanceIds(heap.Store, row, long.Parse(heap.Store.Require(row), CultureInfo.InvariantCulture))));
    }

    public StoredDeletion DeleteStored(VatSlot slot, int mostEntries) => default(StoredDeletion) with { IsWhole = true };

    internal DurableKind Of(JsValue handle) => handle is ObjectInstance instance && _kinds.TryGetValue(instance, out DurableKind? kind)
        ? kind
        : throw heap.Realm.Fail($"unknown handle {heap.Quoting.Quote(handle)}");

    /// <summary>A kind whose behavior this incarnation has not defined would leave its objects dead.</summary>
    internal void RequireAllDefined()
    {
        HashSet<string> defined = [.. _kinds.Values.Where(static kind => kind.IsDefined).Select(static kind => kind.Descriptor.Id)];
        List<string> missing = [];
        foreach (string row in heap.Store.KeysWithPrefix("vom.dkind."))
        {
            if (row.EndsWith(".descriptor", StringComparison.Ordinal)
                && KindDescriptor.Load(heap, row["vom.dkind.".Length..^".descriptor".Length]) is var descriptor
                && !defined.Contains(descriptor.Id))
            {
                missing.Add(descriptor.Tag);
            }
        }

        if (missing.Count > 0)
        {
            throw heap.Realm.Fail($"defineDurableKind not called for tags: [{string.Join(',', missing)}]");
        }
    }

    private ObjectInstance NewHandle(DurableKind kind)
    {
        ObjectInstance handle = heap.Tagging.Far("kind", new JsObject(heap.Realm.Engine));
        _kinds.Add(handle, kind);
        return handle;
    }
}

/// <summary>A durable kind as its handle stands for it.</summary>
internal sealed record DurableKind(KindDescriptor Descriptor, InstanceIds Ids)
{
    /// <summary>Whether this incarnation has defined its behavior.</summary>
    internal bool IsDefined { get; set; }
}
