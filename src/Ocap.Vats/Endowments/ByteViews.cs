using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Global;

namespace Ocap.Vats.Endowments;

/// <summary>Bytes between the vat's typed arrays and native code. The intrinsic getters are asked, whatever properties a vat has given its arrays.</summary>
internal sealed class ByteViews
{
    private readonly Jint.Engine _engine;
    private readonly JsValue _buffer;
    private readonly JsValue _byteOffset;
    private readonly JsValue _byteLength;
    private readonly Constructor _uint8Array;

    internal ByteViews(Jint.Engine engine)
    {
        _engine = engine;
        _uint8Array = (Constructor)engine.Global.Object("Uint8Array");
        ObjectInstance prototype = _uint8Array.Object("prototype").Prototype!;
        _buffer = Getter("buffer");
        _byteOffset = Getter("byteOffset");
        _byteLength = Getter("byteLength");

        JsValue Getter(string name) => prototype.GetOwnProperty(name).Get!;
    }

    /// <summary>The bytes of a typed array; none when its buffer is detached.</summary>
    internal Span<byte> Of(JsValue view)
    {
        if (_buffer.Call(view, []) is not JsArrayBuffer buffer || buffer.AsArrayBuffer() is not { } bytes)
        {
            return [];
        }

        int offset = (int)TypeConverter.ToNumber(_byteOffset.Call(view, []));
        int length = (int)TypeConverter.ToNumber(_byteLength.Call(view, []));
        return bytes.AsSpan(Math.Min(offset, bytes.Length), Math.Min(length, bytes.Length - Math.Min(offset, bytes.Length)));
    }

    /// <summary>A <c>Uint8Array</c> over bytes that nobody else changes.</summary>
    internal ObjectInstance Make(byte[] bytes) => _uint8Array.Construct([_engine.Intrinsics.ArrayBuffer.Construct(bytes)], _uint8Array);
}
