using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Ocap.Vats.Global;

/// <summary>
/// <c>Promise.prototype.then</c> with one of the engine's own functions, as in <c>text.then(BigInt)</c>. What such a function throws is not always a JavaScript
/// error before it has passed a statement of a program, and a promise's reaction has none: it is given one.
/// </summary>
internal static class ReactionGuards
{
    private static readonly Prepared<Script> Guarding = Jint.Engine.PrepareScript("(function (callback) { return function (value) { return callback(value); }; })", strict: true);

    internal static void Install(IntrinsicTable intrinsics)
    {
        ObjectInstance prototype = intrinsics["Promise.prototype"];
        JsValue own = prototype.Get("then"), guard = prototype.Engine.Evaluate(Guarding);
        prototype.Method("then", 2, (self, arguments) => own.Call(self, [Guarded(arguments.At(0)), Guarded(arguments.At(1))]));

        JsValue Guarded(JsValue callback) => callback is not (ScriptFunction or ClrFunction) && callback.IsCallable() ? guard.Call(JsValue.Undefined, [callback]) : callback;
    }
}
