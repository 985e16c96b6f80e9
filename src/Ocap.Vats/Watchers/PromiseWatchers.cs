using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Kernel.Vats;
using Ocap.Vats.Liveslots;

namespace Ocap.Vats.Watchers;

/// <summary>
/// Stored objects that are told when promises settle, even by a later incarnation of the vat: who watches which promise is in a stored table, and every
/// start takes up what the one before left unsettled.
/// </summary>
internal sealed class PromiseWatchers(VatHeap heap, DurableTables tables)
{
    // What was watched during the start: not left over from the incarnation before.
    private HashSet<string>? _watchedAtStart = new(StringComparer.Ordinal);

    /// <summary><c>providePromiseWatcher</c>: the watcher of a kind; the kind is defined by it.</summary>
    internal JsValue Provide(JsValue handle, JsValue onFulfilled, JsValue onRejected)
    {
        RequireHandler(onFulfilled);
        RequireHandler(onRejected);
        var behavior = new JsObject(heap.Realm.Engine);
        DefineHandler("onFulfilled", onFulfilled, static _ => JsValue.Undefined);
        DefineHandler("onRejected", onRejected, static reason => throw new JavaScriptException(reason));
        JsValue maker = heap.Definer.DefineDurable(handle, JsValue.Undefined, behavior, JsValue.Undefined, isMulti: false);
        if (TypeConverter.ToBoolean(Ask(tables.Watchers!, "has", handle)))
        {
            return Ask(tables.Watchers!, "get", handle);
        }

        JsValue watcher = maker.Call(JsValue.Undefined, []);
        Ask(tables.Watchers!, "init", handle, watcher);
        return watcher;

        void DefineHandler(string name, JsValue handler, Func<JsValue, JsValue> standard) => behavior.DefineOwnProperty(
            name,
            new PropertyDescriptor(
                heap.Realm.Function(name, 2, (_, arguments) => handler.IsUndefined()
                    ? standard(arguments.Length > 1 ? arguments[1] : JsValue.Undefined)
                    : Ignore(handler.Call(JsValue.Undefined, [.. arguments.Skip(1)]))),
                PropertyFlag.ConfigurableEnumerableWritable));
    }

    /// <summary>
    /// <c>watchPromise</c>. It takes effect in a later turn: a promise that a send has just returned gets its reference in between, and with it the watch.
    /// </summary>
    internal void Watch(JsValue promise, JsValue watcher, JsValue[] arguments) => heap.Promises.Then(heap.Promises.PlainResolve(JsValue.Undefined), _ =>
    {
        WatchNow(promise, watcher, arguments);
        return JsValue.Undefined;
    });

    /// <summary>Takes up the watches of the incarnation before, once the kinds of their watchers are defined.</summary>
    internal void Resume()
    {
        foreach (string vpid in tables.WatchedReferences())
        {
            if (_watchedAtStart?.Contains(vpid) is not true)
            {
                Await(heap.Importer.Revive(vpid), vpid);
            }
        }

        _watchedAtStart = null;
    }

    private static JsValue Ignore(JsValue _) => JsValue.Undefined;

    private static JsValue Ask(ObjectInstance table, string method, params JsValue[] arguments) => table.Get(method).Call(table, arguments);

    private void RequireHandler(JsValue handler)
    {
        if (!handler.IsUndefined())
        {
            heap.Patterns.Complaints.RequireType(handler, "function");
        }
    }

    private void WatchNow(JsValue promise, JsValue watcher, JsValue[] arguments)
    {
        Patterns.PatternMatcher matcher = heap.Patterns;
        ObjectInstance watching = RequireObject(watcher, "invalid watcher");
        matcher.Complaints.Require(VatSlot.Parse(heap.Importer.SlotOf(watching)).IsStored, "promise watcher must be a virtual object");
        JsValue fulfilled = watching.Get("onFulfilled"), rejected = watching.Get("onRejected");
        RequireHandler(fulfilled);
        RequireHandler(rejected);
        matcher.Complaints.Require(fulfilled.IsCallable() || rejected.IsCallable(), "promise watcher must implement at least one handler method");

        string vpid = heap.Importer.SlotOf(RequireObject(promise, "invalid promise"));
        matcher.Complaints.Require(VatSlot.IsPromise(vpid), "watchPromise only watches promises");
        JsValue watch = heap.Realm.Harden(new JsArray(heap.Realm.Engine, [watcher, .. arguments]));
        ObjectInstance table = tables.WatchedPromises!;
        if (TypeConverter.ToBoolean(Ask(table, "has", vpid)))
        {
            JsValue[] watches = heap.Realm.Spread(Ask(table, "get", vpid));
            Ask(table, "set", vpid, new JsArray(heap.Realm.Engine, [.. watches, watch]));
            return;
        }

        Ask(table, "init", vpid, heap.Realm.Harden(new JsArray(heap.Realm.Engine, [watch])));
        _watchedAtStart?.Add(vpid);
        Await((ObjectInstance)promise, vpid);
        if (heap.Outbound.FollowIfNew(vpid))
        {
            heap.Syscalls.Add(new SyscallSubscribe(vpid));
        }
    }

    private ObjectInstance RequireObject(JsValue value, string complaint) => value as ObjectInstance ?? throw heap.Realm.Fail(complaint);

    private void Await(ObjectInstance promise, string vpid) => heap.Promises.When(
        promise,
        value => Settle(vpid, value, "onFulfilled"),
        reason => Settle(vpid, reason, "onRejected"));

    private JsValue Settle(string vpid, JsValue value, string handler)
    {
        JsValue[] watches = heap.Realm.Spread(Ask(tables.WatchedPromises!, "get", vpid));
        Ask(tables.WatchedPromises!, "delete", vpid);
        _watchedAtStart?.Remove(vpid);
        foreach (JsValue watch in watches)
        {
            JsValue[] parts = heap.Realm.Spread(watch);
            heap.Promises.Then(heap.Promises.PlainResolve(JsValue.Undefined), _ => Tell(parts, value, handler));
        }

        return JsValue.Undefined;
    }

    private static JsValue Tell(JsValue[] watch, JsValue value, string handler)
    {
        var watcher = (ObjectInstance)watch[0];
        JsValue method = watcher.Get(handler);
        if (method.IsCallable())
        {
            method.Call(watcher, [value, .. watch.Skip(1)]);
        }
        else if (handler is "onRejected")
        {
            // Nobody takes the rejection: it is an unhandled one.
            throw new JavaScriptException(value);
        }

        return JsValue.Undefined;
    }
}
