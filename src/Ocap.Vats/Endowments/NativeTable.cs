using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Global;

namespace Ocap.Vats.Endowments;

/// <summary>The native functions that a script of ours is given. Only our scripts call them, with arguments of the types they expect.</summary>
internal sealed class NativeTable(Jint.Engine engine)
{
    internal Jint.Engine Engine => engine;

    internal JsObject Functions { get; } = new(engine);

    internal void Add(string name, Func<JsValue, JsValue> body) => AddAll(name, arguments => body(arguments.At(0)));

    internal void Add(string name, Func<JsValue, JsValue, JsValue> body) => AddAll(name, arguments => body(arguments.At(0), arguments.At(1)));

    internal void Add(string name, Func<JsValue, JsValue, JsValue, JsValue> body) => AddAll(name, arguments => body(arguments.At(0), arguments.At(1), arguments.At(2)));

    internal void AddAll(string name, Func<JsValue[], JsValue> body) =>
        Functions.CreateDataProperty(name, Natives.Function(engine, name, 0, (_, arguments) => body(arguments)));

    internal JsArray List(IEnumerable<string> texts) => new(engine, [.. texts.Select(static text => (JsValue)text)]);

    internal static string[] Texts(JsValue array)
    {
        var list = (JsArray)array;
        string[] texts = new string[list.Length];
        for (uint i = 0; i < texts.Length; i++)
        {
            texts[i] = list[i].ToString();
        }

        return texts;
    }

    /// <summary>The bytes of a <c>Uint8Array</c>, not copied: they change with the vat's.</summary>
    internal Span<byte> Bytes(JsValue view) => _views.Of(view);

    internal JsValue View(byte[] bytes) => _views.Make(bytes);

    private readonly ByteViews _views = new(engine);
}
