using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global.Compartments;

/// <summary>
/// Runs text in a global that is not the engine's. An engine has one global environment, and its realms share no intrinsics; so this does what SES does:
/// a direct <c>eval</c> in a strict function whose scope is three <c>with</c> blocks. From the inside out: the true <c>eval</c>, for one look-up; the
/// compartment's global object; and a proxy that has every other name, so that no look-up reaches the engine's own global.
/// </summary>
internal sealed class CompartmentEvaluator
{
    private const string Source = """
        (function () {
          with (this.end) with (this.globalThis) with (this.once)
            return function () { 'use strict'; return eval(arguments[0]); };
        })
        """;

    private readonly Jint.Engine _engine;
    private readonly Evaluators _evaluators;
    private readonly ObjectInstance _globalThis;
    private readonly ObjectInstance _once;
    private readonly JsValue _getter;
    private readonly JsValue _evaluate;

    internal CompartmentEvaluator(Evaluators evaluators, ObjectInstance globalThis, bool definesUndeclared)
    {
        _engine = globalThis.Engine;
        _evaluators = evaluators;
        _globalThis = globalThis;
        _once = Bare();
        _getter = Natives.Function(_engine, "", 0, (_, _) =>
        {
            _once.Delete("eval");
            return _engine.Intrinsics.Eval;
        });
        var kit = new JsObject(_engine);
        kit.Set("end", End(definesUndeclared));
        kit.Set("globalThis", globalThis);
        kit.Set("once", _once);
        _evaluate = evaluators.Compiled(() => _engine.Intrinsics.Eval.Call(Source)).Call(kit, []);
    }

    internal JsValue Run(string source)
    {
        _once.Accessor("eval", _getter, JsValue.Undefined);
        try
        {
            return _evaluators.Compiled(() => _evaluate.Call(_globalThis, [source]));
        }
        finally
        {
            // Still there only when the call itself failed, for want of stack for instance.
            _once.Delete("eval");
        }
    }

    private ObjectInstance End(bool definesUndeclared)
    {
        var target = Bare();
        target.PreventExtensions();
        var traps = Bare();
        traps.Set("has", Natives.Function(_engine, "has", 2, static (_, _) => JsBoolean.True));
        traps.Set("get", Natives.Function(_engine, "get", 3, static (_, _) => JsValue.Undefined));
        traps.Set("set", Natives.Function(_engine, "set", 4, (_, arguments) => Set(arguments[1], arguments[2], definesUndeclared)));
        var proxy = (Constructor)_evaluators.Intrinsics["Proxy"];
        return proxy.Construct([target, traps], proxy);
    }

    // An object without a prototype, which would have names of its own.
    private ObjectInstance Bare() => (ObjectInstance)_evaluators.Intrinsics["Object"].Object("create").Call(JsValue.Undefined, [JsValue.Null]);

    private JsValue Set(JsValue name, JsValue value, bool defines)
    {
        if (!defines) throw _evaluators.Intrinsics.Error("ReferenceError", $"{name} is not defined");
        _globalThis.Define(name, new PropertyDescriptor(value, writable: true, enumerable: true, configurable: true));
        return JsBoolean.True;
    }
}
