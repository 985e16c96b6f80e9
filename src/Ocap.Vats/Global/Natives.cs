using System.Diagnostics.CodeAnalysis;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Ocap.Vats.Global;

/// <summary>Small tools for native code that shapes a global: functions as the language's built-ins look, properties, and throwing.</summary>
internal static class Natives
{
    internal static ClrFunction Function(Jint.Engine engine, string name, int length, Func<JsValue, JsValue[], JsValue> body) =>
        new(engine, name, body.Invoke, length, PropertyFlag.Configurable);

    /// <summary>Defines a property as built-ins have them: writable, configurable, not enumerable.</summary>
    internal static void Hidden(this ObjectInstance target, JsValue key, JsValue value) =>
        target.Define(key, new PropertyDescriptor(value, writable: true, enumerable: false, configurable: true));

    internal static void Define(this ObjectInstance target, JsValue key, PropertyDescriptor descriptor)
    {
        if (!target.DefineOwnProperty(key, descriptor)) throw TypeError(target.Engine, $"Cannot define property '{key}'");
    }

    internal static void Accessor(this ObjectInstance target, JsValue key, JsValue get, JsValue set, bool enumerable = false, bool configurable = true) =>
        target.Define(key, new GetSetPropertyDescriptor(get, set, enumerable, configurable));

    internal static void Method(this ObjectInstance target, string name, int length, Func<JsValue, JsValue[], JsValue> body) =>
        target.Hidden(name, Function(target.Engine, name, length, body));

    /// <summary>The value of an own data property; null when it is absent or an accessor. Runs no code of the vat.</summary>
    internal static JsValue? OwnValue(this ObjectInstance target, JsValue key)
    {
        var descriptor = target.GetOwnProperty(key);
        return descriptor == PropertyDescriptor.Undefined || descriptor.IsAccessorDescriptor() ? null : descriptor.Value;
    }

    internal static ObjectInstance Object(this ObjectInstance target, JsValue key) =>
        target.OwnValue(key) as ObjectInstance ?? throw new InvalidOperationException($"The engine has no intrinsic {key}.");

    internal static JavaScriptException TypeError(Jint.Engine engine, string message) => new(engine.Intrinsics.TypeError, message);

    [DoesNotReturn]
    internal static void ThrowTypeError(Jint.Engine engine, string message) => throw TypeError(engine, message);
}
