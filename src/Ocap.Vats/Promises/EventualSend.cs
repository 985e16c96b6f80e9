using Jint.Native;

namespace Ocap.Vats.Promises;

/// <summary>One eventual operation on its way to a handler.</summary>
/// <param name="Operation">What is asked.</param>
/// <param name="SendOnly">Whether nobody waits for an answer.</param>
/// <param name="Arguments">Property name (get, applyMethod), then the array of arguments (applyFunction, applyMethod).</param>
/// <param name="Returned">The promise that the sender holds for the answer; undefined when there is none.</param>
internal readonly record struct EventualSend(HandlerOperation Operation, bool SendOnly, JsValue[] Arguments, JsValue Returned)
{
    internal string Name => SendOnly ? Operation.Name() + "SendOnly" : Operation.Name();

    /// <summary>The method's name, or undefined for a function call.</summary>
    internal JsValue Property => Operation == HandlerOperation.ApplyFunction ? JsValue.Undefined : Arguments[0];

    /// <summary>The array of arguments; empty for a property get.</summary>
    internal JsValue ArgumentArray => Operation == HandlerOperation.Get ? JsValue.Undefined : Arguments[^1];
}
