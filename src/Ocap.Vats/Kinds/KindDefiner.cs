using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Kinds;

/// <summary>A kind as vat code describes it.</summary>
/// <param name="Id">Number of the kind.</param>
/// <param name="Tag">Its name, as interfaces and messages have it.</param>
/// <param name="Init">Gives the first state of an object.</param>
/// <param name="Behavior">Its methods, or those of each facet.</param>
internal sealed record KindDefinition(string Id, string Tag, JsValue Init, JsValue Behavior, KindOptions Options, InstanceIds Ids, bool IsDurable);

/// <summary><c>defineKind</c>, <c>defineDurableKind</c> and, for objects with facets, <c>…Multi</c>: each returns what makes the objects.</summary>
internal sealed class KindDefiner(VatHeap heap)
{
    internal JsValue Define(JsValue tag, JsValue init, JsValue behavior, JsValue options, bool isMulti)
    {
        string id = heap.Ids.NextExport().ToString(CultureInfo.InvariantCulture);

        // Never read back: for whoever looks into a store.
        heap.Store.Set($"vom.vkind.{id}.descriptor", $"{{\"kindID\":\"{id}\"{KindTag.Of(heap, tag).Property}}}");
        string name = TypeConverter.ToString(tag);
        KindOptions read = KindOptions.Read(heap, name, behavior, isMulti, options);
        var definition = new KindDefinition(id, name, init, behavior, read, new InstanceIds(null, "", 1), IsDurable: false);
        return Define(definition, isMulti ? FacetNames(behavior) : null, new StateShape(heap, read.StateShape));
    }

    internal JsValue DefineDurable(JsValue handle, JsValue init, JsValue behavior, JsValue options, bool isMulti)
    {
        DurableKind kind = heap.Handles.Of(handle);
        KindDescriptor descriptor = kind.Descriptor;
        if (kind.IsDefined)
        {
            string name = Quoting.Quote(descriptor.Tag);
            throw heap.Realm.Fail($"redefinition of durable kind {(isMulti ? $"\"{name}\"" : name)}");
        }

        KindOptions read = KindOptions.Read(heap, descriptor.Tag, behavior, isMulti, options);
        var shape = new StateShape(heap, read.StateShape);
        descriptor.Redefine(isMulti ? FacetNames(behavior) : null);
        shape.Save(descriptor);
        descriptor.Save();
        var definition = new KindDefinition(descriptor.Id, descriptor.Tag, init, behavior, read, kind.Ids, IsDurable: true);
        JsValue maker = Define(definition, descriptor.FacetNames, shape);
        kind.IsDefined = true;
        return maker;
    }

    private static string[] FacetNames(JsValue behavior) =>
        [.. ((ObjectInstance)behavior).GetOwnPropertyKeys(Types.String).Select(static key => key.ToString()).Order(StringComparer.Ordinal)];

    private JsValue Define(KindDefinition definition, IReadOnlyList<string>? facetNames, StateShape shape)
    {
        var kind = new VirtualKind(heap, definition, facetNames, shape);
        heap.Kinds.Register(ulong.Parse(definition.Id, CultureInfo.InvariantCulture), kind);
        new InstanceTools(heap, definition, kind).HandOut();
        return heap.Realm.Function("makeNewInstance", 0, (_, arguments) => kind.MakeInstance(arguments));
    }
}
