using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Promises;

/// <summary>Eventual operations on what is no presence and no promise: plain calls and property reads.</summary>
internal sealed class LocalTarget(JsRealm realm, Quoting quoting) : IPromiseHandler
{
    public JsValue Perform(JsValue target, EventualSend send) => send.Operation switch
    {
        HandlerOperation.Get => Read(target, send.Property),
        HandlerOperation.ApplyFunction => ApplyFunction(target, send.ArgumentArray),
        _ => send.Property.IsUndefined() || send.Property.IsNull()
            ? ApplyFunction(target, send.ArgumentArray)
            : ApplyMethod(target, send.Property, send.ArgumentArray),
    };

    private JsValue ApplyFunction(JsValue target, JsValue arguments) => target.IsCallable()
        ? target.Call(JsValue.Undefined, realm.Spread(arguments))
        : throw realm.Fail($"Cannot invoke target as a function; typeof target is {Quoting.Quote(TypeName(target))}", "TypeError");

    private JsValue ApplyMethod(JsValue target, JsValue name, JsValue arguments)
    {
        if (target.IsUndefined() || target.IsNull())
        {
            throw realm.Fail($"Cannot deliver {quoting.Quote(name)} to target; typeof target is {Quoting.Quote(TypeName(target))}", "TypeError");
        }

        JsValue method = Read(target, name);
        if (method.IsUndefined())
        {
            throw realm.Fail($"target has no method {quoting.Quote(name)}, has {quoting.Quote(MethodNames.Of(realm, target))}", "TypeError");
        }

        return method.IsCallable()
            ? method.Call(target, realm.Spread(arguments))
            : throw realm.Fail($"invoked method {quoting.Quote(name)} is not a function; it is a {Quoting.Quote(TypeName(method))}");
    }

    internal JsValue Read(JsValue target, JsValue name)
    {
        if (target is ObjectInstance instance)
        {
            return instance.Get(name);
        }

        return target.IsUndefined() || target.IsNull()
            ? throw realm.Fail($"Cannot read properties of {target} (reading '{name}')", "TypeError")
            : realm.Engine.GetValue(target, name);
    }

    private static string TypeName(JsValue value) => value switch
    {
        JsString => "string",
        JsNumber => "number",
        JsBigInt => "bigint",
        JsSymbol => "symbol",
        _ when value.IsCallable() => "function",
        ObjectInstance => "object",
        _ => value.IsUndefined() ? "undefined" : value.IsNull() ? "null" : "boolean",
    };
}
