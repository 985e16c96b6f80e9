using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global;

/// <summary>
/// <c>harden</c>: freezes a value and everything that can be reached from it by own properties and prototypes. Nothing is marked as hardened before
/// all of it is frozen, so that a proxy that refuses does not leave a half-hardened graph that later calls take for done.
/// </summary>
internal sealed class Hardener(Jint.Engine engine, ObjectNotes notes)
{
    // Intrinsics live as long as their engine: a plain set is smaller and easier on the collector than one weak entry for each.
    private readonly HashSet<ObjectInstance> _intrinsics = new(2048, ReferenceEqualityComparer.Instance);
    private readonly List<ObjectInstance> _queue = [];
    private readonly HashSet<ObjectInstance> _queued = new(ReferenceEqualityComparer.Instance);
    private bool _busy;

    internal bool IsHardened(ObjectInstance value) => _intrinsics.Contains(value) || notes.Of(value) is { IsHardened: true };

    internal JsValue Harden(JsValue value)
    {
        if (value is not ObjectInstance root || IsHardened(root)) return value;
        // A proxy's trap may call harden again: that call then works on lists of its own.
        if (_busy)
        {
            Harden(root, [], new HashSet<ObjectInstance>(ReferenceEqualityComparer.Instance));
            return value;
        }
        _busy = true;
        try
        {
            Harden(root, _queue, _queued);
        }
        finally
        {
            _queue.Clear();
            _queued.Clear();
            if (_queue.Capacity > 4096)
            {
                _queue.TrimExcess();
                _queued.TrimExcess();
            }
            _busy = false;
        }
        return value;
    }

    /// <summary>Hardens the engine's own objects and remembers them for good.</summary>
    internal void HardenIntrinsics(IEnumerable<ObjectInstance> roots)
    {
        var queue = new List<ObjectInstance>(2048);
        foreach (var root in roots)
        {
            if (_intrinsics.Add(root)) queue.Add(root);
        }
        for (var i = 0; i < queue.Count; i++)
        {
            var current = queue[i];
            Freeze(current);
            Visit(current, (queue, _intrinsics), static (next, state) =>
            {
                if (state._intrinsics.Add(next)) state.queue.Add(next);
            });
        }
    }

    private void Harden(ObjectInstance root, List<ObjectInstance> queue, HashSet<ObjectInstance> queued)
    {
        queue.Add(root);
        queued.Add(root);
        for (var i = 0; i < queue.Count; i++)
        {
            var current = queue[i];
            Freeze(current);
            Visit(current, (This: this, queue, queued), static (next, state) =>
            {
                if (!state.This.IsHardened(next) && state.queued.Add(next)) state.queue.Add(next);
            });
            if ((i & 0xff) == 0xff) engine.Constraints.Check();
        }
        foreach (var done in queue) notes.On(done).IsHardened = true;
    }

    private void Freeze(ObjectInstance target)
    {
        if (!target.PreventExtensions()) throw Natives.TypeError(engine, "'preventExtensions' on proxy: trap returned falsish");
        var isView = target is JsTypedArray;
        foreach (var key in target.GetOwnPropertyKeys())
        {
            // The elements of a typed array cannot be made read-only; they stay as they are, as under SES.
            if (isView && IsIndex(key)) continue;
            var current = target.GetOwnProperty(key);
            if (current == PropertyDescriptor.Undefined) continue;
            var accessor = current.IsAccessorDescriptor();
            if (!current.Configurable && (accessor || !current.Writable)) continue;
            var frozen = accessor ? new PropertyDescriptor { Configurable = false } : new PropertyDescriptor { Configurable = false, Writable = false };
            if (!target.DefineOwnProperty(key, frozen)) throw Natives.TypeError(engine, $"'defineProperty' on proxy: trap returned falsish for property '{key}'");
        }
    }

    private static void Visit<TState>(ObjectInstance target, TState state, Action<ObjectInstance, TState> visit)
    {
        if (target.Prototype is { } prototype) visit(prototype, state);
        var isView = target is JsTypedArray;
        foreach (var key in target.GetOwnPropertyKeys())
        {
            if (isView && IsIndex(key)) continue;
            var descriptor = target.GetOwnProperty(key);
            if (descriptor == PropertyDescriptor.Undefined) continue;
            if (descriptor.IsAccessorDescriptor())
            {
                if (descriptor.Get is ObjectInstance getter) visit(getter, state);
                if (descriptor.Set is ObjectInstance setter) visit(setter, state);
            }
            else if (descriptor.Value is ObjectInstance next) visit(next, state);
        }
    }

    private static bool IsIndex(JsValue key)
    {
        if (!key.IsString()) return false;
        var text = key.AsString();
        return text.Length > 0 && char.IsAsciiDigit(text[0]) && uint.TryParse(text, out _);
    }
}
