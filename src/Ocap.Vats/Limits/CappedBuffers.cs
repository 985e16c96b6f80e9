using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Global;

namespace Ocap.Vats.Limits;

/// <summary>Buffers and typed arrays take their bytes at one stroke, past every limit of the engine: their constructors are replaced by ones that look first.</summary>
internal sealed class CappedBuffers(IntrinsicTable intrinsics, int bytes)
{
    private static readonly string[] TypedArrays =
    [
        "BigInt64Array", "BigUint64Array", "Float32Array", "Float64Array", "Int8Array", "Int16Array", "Int32Array", "Uint8Array", "Uint8ClampedArray",
        "Uint16Array", "Uint32Array",
    ];

    internal void Install()
    {
        var buffer = (Constructor)intrinsics["ArrayBuffer"];
        Replace("ArrayBuffer", new CappedConstructor(buffer, arguments => CheckBuffer(arguments)));
        foreach (var name in TypedArrays)
        {
            var original = (Constructor)intrinsics[name];
            var size = TypeConverter.ToInt32(original.Get("BYTES_PER_ELEMENT"));
            Replace(name, new CappedConstructor(original, arguments => CheckView(arguments, size)));
        }
        // transfer() may also grow what it moves.
        foreach (var name in (string[])["transfer", "transferToFixedLength"])
        {
            if (intrinsics["ArrayBuffer.prototype"].OwnValue(name) is not { } original) continue;
            intrinsics["ArrayBuffer.prototype"].Method(name, 0, (self, arguments) =>
                original.Call(self, [Checked(arguments.At(0), 1)]));
        }

        void Replace(string name, CappedConstructor capped)
        {
            intrinsics[name + ".prototype"].Define("constructor", new PropertyDescriptor { Value = capped });
            intrinsics.Global.Hidden(name, capped);
            intrinsics[name] = capped;
        }
    }

    // Whatever is checked is converted here, once, and handed on converted: a second reading could give another answer.
    private JsValue[] CheckBuffer(JsValue[] arguments)
    {
        var length = Checked(arguments.At(0), 1);
        if (arguments.At(1) is not ObjectInstance options) return [length];
        var most = options.Get("maxByteLength");
        if (most.IsUndefined()) return [length];
        var checkedOptions = new JsObject(intrinsics.Global.Engine);
        checkedOptions.Set("maxByteLength", Checked(most, 1));
        return [length, checkedOptions];
    }

    private JsValue[] CheckView(JsValue[] arguments, int size)
    {
        if (arguments.Length == 0) return arguments;
        switch (arguments[0])
        {
            // A view of a buffer takes no bytes.
            case JsArrayBuffer:
                return arguments;
            case JsTypedArray view:
                Checked(view.Length, size);
                return arguments;
            // What is iterable is gathered in a list by the engine, element by element under the crank's budget, and the list is wider than the view.
            case ObjectInstance source when !IsNothing(source.Get(Jint.Native.Symbol.GlobalSymbolRegistry.Iterator)):
                return arguments;
            // What has only a length would be allocated at once: gather it as an array, which has its own limit.
            case ObjectInstance source:
                return [intrinsics["Array"].Object("from").Call(intrinsics["Array"], [source])];
            default:
                return [Checked(arguments[0], size)];
        }
    }

    private static bool IsNothing(JsValue value) => value.IsUndefined() || value.IsNull();

    private JsValue Checked(JsValue length, int size)
    {
        if (length.IsUndefined()) return length;
        var number = TypeConverter.ToNumber(length);
        return number * size <= bytes || double.IsNaN(number)
            ? number
            : throw intrinsics.Error("RangeError", $"Array buffer allocation failed: a vat's buffers hold at most {bytes >> 20} MiB");
    }
}

/// <summary>A constructor in front of another: the same properties, prototype and results, after a check of the arguments.</summary>
internal sealed class CappedConstructor : Constructor
{
    private readonly Constructor _original;
    private readonly Func<JsValue[], JsValue[]> _check;

    internal CappedConstructor(Constructor original, Func<JsValue[], JsValue[]> check)
        : base(original.Engine, original.Get("name").AsString())
    {
        _original = original;
        _check = check;
        Prototype = original.Prototype!;
        _length = new PropertyDescriptor(original.Get("length"), writable: false, enumerable: false, configurable: true);
        _prototypeDescriptor = new PropertyDescriptor(original.Object("prototype"), PropertyFlag.AllForbidden);
        foreach (var key in original.GetOwnPropertyKeys())
        {
            if (!HasOwnProperty(key)) this.Define(key, Copy(original.GetOwnProperty(key)));
        }
    }

    private static PropertyDescriptor Copy(PropertyDescriptor source) =>
        source.IsAccessorDescriptor()
            ? new GetSetPropertyDescriptor(source.Get, source.Set, source.Enumerable, source.Configurable)
            : new PropertyDescriptor(source.Value, source.Writable, source.Enumerable, source.Configurable);

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) =>
        _original.Construct(_check(arguments), newTarget);
}
