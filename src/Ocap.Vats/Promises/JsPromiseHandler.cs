using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Promises;

/// <summary>A handler that vat code wrote: an object with some of get, applyFunction, applyMethod and their SendOnly variants.</summary>
internal sealed class JsPromiseHandler(HandledPromises promises, ObjectInstance handler, string role) : IPromiseHandler
{
    internal ObjectInstance Handler => handler;

    public JsValue Perform(JsValue target, EventualSend send)
    {
        JsRealm realm = promises.Realm;
        JsValue method = handler.Get(send.Name);
        HandlerOperation operation = send.Operation;
        if (send.SendOnly && !method.IsCallable())
        {
            method = handler.Get(operation.Name());
        }

        if (method.IsCallable())
        {
            return Result(send, method.Call(handler, [target, .. send.Arguments, send.Returned]));
        }

        if (operation == HandlerOperation.ApplyMethod)
        {
            // Without applyMethod, get the method and apply that.
            JsValue property = promises.Handle(target, new EventualSend(HandlerOperation.Get, false, [HandledPromises.PropertyKey(send.Property)], JsValue.Undefined), ownsAnswer: false);
            return Result(send, promises.Handle(property, new EventualSend(HandlerOperation.ApplyFunction, false, [send.ArgumentArray], send.Returned), ownsAnswer: false));
        }

        if (operation == HandlerOperation.ApplyFunction && handler.Get("applyMethod") is var applyMethod && applyMethod.IsCallable())
        {
            JsValue wrapped = new JsArray(realm.Engine, [send.ArgumentArray]);
            return Result(send, applyMethod.Call(handler, [target, JsValue.Undefined, wrapped, send.Returned]));
        }

        throw realm.Fail(
            $"{Quoting.Quote(role)} is defined but has no methods needed for {Quoting.Quote(send.Name)} (has {promises.Quoting.Quote(MethodNames.Of(realm, handler))})",
            "TypeError");
    }

    private static JsValue Result(EventualSend send, JsValue result) => send.SendOnly ? JsValue.Undefined : result;
}
