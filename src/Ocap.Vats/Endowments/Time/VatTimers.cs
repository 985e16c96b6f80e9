using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Kernel.Outside;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Endowments.Time;

/// <summary>
/// <c>setTimeout</c> and its company. A firing is a crank of its own; handles are empty frozen objects that mean nothing to anybody else, and no delay is
/// shorter than 10 ms, so that a timer is no clock. Timeouts and intervals cannot clear each other, as at the reference.
/// </summary>
internal sealed class VatTimers(JsRealm realm, OutsideDesk desk, bool repeats)
{
    private const double LeastMilliseconds = 10;

    private readonly Dictionary<ObjectInstance, long> _running = new(ReferenceEqualityComparer.Instance);

    internal JsValue Set() => realm.Function(repeats ? "setInterval" : "setTimeout", 2, (_, arguments) => Set(arguments));

    internal JsValue Clear() => realm.Function(repeats ? "clearInterval" : "clearTimeout", 1, (_, arguments) =>
    {
        if (arguments.At(0) is ObjectInstance handle && _running.Remove(handle, out long id))
        {
            desk.Cancel(id);
        }

        return JsValue.Undefined;
    });

    private ObjectInstance Set(JsValue[] arguments)
    {
        if (arguments.At(0) is not ObjectInstance handler || !handler.IsCallable())
        {
            throw Refused(arguments.At(0));
        }

        realm.Harden(handler);
        JsValue[] passed = arguments.Length > 2 ? arguments[2..] : [];
        ObjectInstance handle = realm.Harden(realm.NewBare());
        long milliseconds = Delay(arguments.At(1));
        _running.Add(handle, desk.Ask(id => new StartTimer(id, milliseconds, repeats), (_, _) => Fire(handle, handler, passed)));
        return handle;
    }

    private void Fire(ObjectInstance handle, ObjectInstance handler, JsValue[] passed)
    {
        if (!repeats && _running.Remove(handle, out long id))
        {
            desk.Finished(id);
        }

        ((JsValue)handler).Call(JsValue.Undefined, passed);
    }

    /// <summary>A delay as it is kept: 10 ms at least, whatever was asked for.</summary>
    internal static long Delay(JsValue delay)
    {
        double milliseconds = delay.IsUndefined() || delay.IsNull() ? 0 : TypeConverter.ToNumber(delay);
        return double.IsNaN(milliseconds) ? (long)LeastMilliseconds : (long)Math.Ceiling(Math.Clamp(milliseconds, LeastMilliseconds, long.MaxValue >> 16));
    }

    private JavaScriptException Refused(JsValue handler)
    {
        // A callable answers "function" and is not refused.
        string type = handler switch
        {
            _ when handler.IsUndefined() => "undefined",
            _ when handler.IsBoolean() => "boolean",
            _ when handler.IsNumber() => "number",
            _ when handler.IsString() => "string",
            _ when handler.IsSymbol() => "symbol",
            _ when handler.IsBigInt() => "bigint",
            _ => "object",
        };
        ObjectInstance error = realm.NewError($"The {(repeats ? "interval" : "timeout")} handler must be a function. Received: {type}.");
        error.CreateDataProperty("code", repeats ? -32000 : -32603);
        return new JavaScriptException(error);
    }
}
