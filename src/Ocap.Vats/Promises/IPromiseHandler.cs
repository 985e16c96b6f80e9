using Jint.Native;

namespace Ocap.Vats.Promises;

/// <summary>Performs eventual operations on a presence, or on a promise that has not settled.</summary>
internal interface IPromiseHandler
{
    /// <exception cref="Jint.Runtime.JavaScriptException">The operation fails at once.</exception>
    JsValue Perform(JsValue target, EventualSend send);
}
