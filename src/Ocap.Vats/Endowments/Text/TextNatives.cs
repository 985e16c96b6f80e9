using System.Text;
using System.Text.Unicode;
using Jint.Native;
using Ocap.Vats.Global;

namespace Ocap.Vats.Endowments.Text;

/// <summary>What <c>encoding.js</c> is built on.</summary>
internal static class TextNatives
{
    internal static void AddTo(NativeTable table)
    {
        table.Add("utf8Encode", text => table.View(Encoding.UTF8.GetBytes(text.ToString())));
        table.Add("utf8EncodeInto", (text, destination) =>
        {
            Utf8.FromUtf16(text.ToString(), table.Bytes(destination), out int read, out int written);
            return new JsArray(table.Engine, [read, written]);
        });
        table.Add("encodingOf", static label => Encodings.Find(label.ToString()) is { } name ? name : JsValue.Null);
        table.Add("makeDecoder", (name, isFatal, ignoresMark) =>
        {
            VatDecoder decoder = Encodings.Decoder(name.ToString(), isFatal == JsBoolean.True, ignoresMark == JsBoolean.True);
            return Natives.Function(table.Engine, "decode", 2, (_, arguments) =>
                decoder.Decode(table.Bytes(arguments[0]), hasMore: arguments[1] == JsBoolean.True) is { } text ? text : JsValue.Null);
        });
        table.Add("base64Encode", static binary => Base64Text.Encode(binary.ToString()) is { } text ? text : JsValue.Null);
        table.Add("base64Decode", static text => Base64Text.Decode(text.ToString()) is { } binary ? binary : JsValue.Null);
    }
}
