using Jint;
using Jint.Native;
using Ocap.Marshal;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Kinds;

/// <summary>Which properties the state of a kind's objects has, and what values they take; without a shape, those the object was made with, and any.</summary>
internal sealed class StateShape(VatHeap heap, JsValue shape)
{
    internal bool IsGiven => !shape.IsUndefined();

    /// <summary>The properties of every object's state.</summary>
    internal IReadOnlyList<string> Names { get; } = shape.IsUndefined() ? [] : Passables.Names(shape);

    internal void Require(string name, JsValue value)
    {
        if (!IsGiven)
        {
            return;
        }

        if (!Passables.Has(shape, name))
        {
            JsValue names = heap.Patterns.Passables.Array(Names.Select(static item => (JsValue)item));
            throw heap.Realm.Fail($"State must only have fields described by stateShape: {heap.Quoting.Quote(names)}");
        }

        heap.Patterns.MustMatch(value, Passables.Field(shape, name));
    }

    /// <summary>Writes the shape into the descriptor of a durable kind, if it is compatible with the one there: it may get new properties, optional ones.</summary>
    internal void Save(KindDescriptor descriptor)
    {
        CapData data = heap.Marshaller.Serialize(shape);
        StateData.RequireDurable(heap, "stateShape", data, isValue: false);
        if (descriptor.StateShape is { } before)
        {
            RequireCompatible(before, data);
        }

        heap.Counts.Update(descriptor.StateShape?.Slots ?? [], data.Slots);
        descriptor.StateShape = data;
    }

    private void RequireCompatible(CapData before, CapData after)
    {
        if (!string.Equals(before.Body, after.Body, StringComparison.Ordinal))
        {
            RequireOnlyOptionalAdditions(heap.Marshaller.Unserialize(before));
        }

        if (before.Slots.Count != after.Slots.Count)
        {
            throw Mismatch("slots.length");
        }

        for (int i = 0; i < before.Slots.Count; i++)
        {
            if (!string.Equals(before.Slots[i], after.Slots[i], StringComparison.Ordinal))
            {
                throw Mismatch($"slot[\"{i}\"]");
            }
        }
    }

    private void RequireOnlyOptionalAdditions(JsValue before)
    {
        if (before.IsUndefined())
        {
            throw Mismatch("no old shape");
        }

        if (heap.Styles.Of(before) != PassStyle.CopyRecord)
        {
            throw Mismatch("invalid old shape");
        }

        if (!IsGiven)
        {
            throw heap.Realm.Fail("Cannot convert undefined or null to object", "TypeError");
        }

        foreach (string name in Passables.Names(before))
        {
            if (!Passables.Has(shape, name)
                || !string.Equals(heap.Marshaller.Serialize(Passables.Field(shape, name)).Body, heap.Marshaller.Serialize(Passables.Field(before, name)).Body, StringComparison.Ordinal))
            {
                throw Mismatch($"body {Quoting.Quote(name)}");
            }
        }

        foreach (string name in Names.Where(name => !Passables.Has(before, name)))
        {
            JsValue pattern = Passables.Field(shape, name);
            if (!string.Equals(heap.Patterns.KindOf(pattern, fail: false), "match:or", StringComparison.Ordinal))
            {
                throw Mismatch($"body new field {Quoting.Quote(name)}");
            }

            if (!Array.Exists(heap.Patterns.Passables.Elements(Passables.Payload(pattern)), heap.Patterns.IsUndefinedPattern))
            {
                throw Mismatch($"body {Quoting.Quote(name)}");
            }
        }
    }

    private Jint.Runtime.JavaScriptException Mismatch(string where) => heap.Realm.Fail($"durable Kind stateShape mismatch ({where})");
}
