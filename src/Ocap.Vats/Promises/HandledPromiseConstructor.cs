using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Promises;

/// <summary>The global <c>HandledPromise</c> that the <c>E</c> of every bundle uses.</summary>
internal sealed class HandledPromiseConstructor : Constructor
{
    private readonly HandledPromises _promises;

    internal HandledPromiseConstructor(HandledPromises promises)
        : base(promises.Realm.Engine, "baseHandledPromise")
    {
        _promises = promises;
        Prototype = promises.Realm.Promise;
        DefineOwnProperty("length", JsRealm.Hidden(1));
        DefineOwnProperty("prototype", JsRealm.Hidden(promises.Realm.PromisePrototype));
        Define("resolve", 1, (_, arguments) => promises.Resolve(At(arguments, 0)));
        Define(HandlerOperation.Get, arguments => [At(arguments, 1)]);
        Define(HandlerOperation.ApplyFunction, arguments => [At(arguments, 1)]);
        Define(HandlerOperation.ApplyMethod, arguments => [At(arguments, 1), At(arguments, 2)]);
    }

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget)
    {
        JsRealm realm = _promises.Realm;
        JsValue executor = At(arguments, 0);
        JsValue handler = At(arguments, 1);
        var deferred = new HandledDeferred(_promises, TypeConverter.ToBoolean(handler) ? Handler(handler, "pendingHandler") : null, newTarget);
        if (!executor.IsCallable())
        {
            throw realm.TypeError("executor is not a function");
        }

        executor.Call(
            JsValue.Undefined,
            [
                realm.Function("", 1, (_, settled) => Settle(deferred.Resolve, At(settled, 0))),
                realm.Function("", 1, (_, settled) => Settle(deferred.Reject, At(settled, 0))),
                realm.Function("", 0, (_, options) => deferred.ResolveWithPresence(
                    At(options, 0) is var given && given.IsUndefined() ? null : Handler(given, "presenceHandler"),
                    Proxy(At(options, 1)))),
            ]);
        return deferred.Promise;
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => throw _promises.Realm.Fail("must be invoked with \"new\"");

    private static JsValue Settle(Action<JsValue> settle, JsValue value)
    {
        settle(value);
        return Undefined;
    }

    private static JsValue At(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : Undefined;

    private JsPromiseHandler Handler(JsValue handler, string role) => handler is ObjectInstance instance
        ? new JsPromiseHandler(_promises, instance, role)
        : throw _promises.Realm.Fail($"Handler {_promises.Quoting.Quote(handler)} cannot be a primitive", "TypeError");

    /// <summary>What makes the presence when <c>resolveWithPresence</c> is asked for a proxy.</summary>
    private Func<ObjectInstance>? Proxy(JsValue options)
    {
        if (options is not ObjectInstance given || given.Get("proxy") is not ObjectInstance proxy)
        {
            return null;
        }

        Constructor constructor = _promises.Realm.Proxy;
        return () =>
        {
            JsValue revokerCallback = proxy.Get("revokerCallback");
            if (!revokerCallback.IsCallable())
            {
                return constructor.Construct([proxy.Get("target"), proxy.Get("handler")], constructor);
            }

            var revocable = (ObjectInstance)constructor.Get("revocable").Call(constructor, [proxy.Get("target"), proxy.Get("handler")]);
            revokerCallback.Call(Undefined, [revocable.Get("revoke")]);
            return (ObjectInstance)revocable.Get("proxy");
        };
    }

    private void Define(HandlerOperation operation, Func<JsValue[], JsValue[]> select)
    {
        foreach (bool sendOnly in (bool[])[false, true])
        {
            var name = new EventualSend(operation, sendOnly, [], Undefined).Name;
            Define(name, operation == HandlerOperation.ApplyMethod ? 3 : 2, (_, arguments) =>
                _promises.Start(At(arguments, 0), new EventualSend(operation, sendOnly, select(arguments), Undefined)));
        }
    }

    private void Define(string name, int length, Func<JsValue, JsValue[], JsValue> body) =>
        DefineOwnProperty(name, new PropertyDescriptor(_promises.Realm.Function(name, length, body), PropertyFlag.ConfigurableEnumerableWritable));
}
