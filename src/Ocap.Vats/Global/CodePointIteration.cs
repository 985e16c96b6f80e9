using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime;

namespace Ocap.Vats.Global;

/// <summary>Iteration over the code points of a string, as the language has it: the engine's own goes by what a reader takes for one character.</summary>
internal sealed class CodePointIteration : ObjectInstance
{
    private readonly string _text;
    private int _at;

    private CodePointIteration(Jint.Engine engine, ObjectInstance prototype, string text) : base(engine)
    {
        Prototype = prototype;
        _text = text;
    }

    internal static void Install(IntrinsicTable intrinsics)
    {
        var engine = intrinsics.Global.Engine;
        var prototype = intrinsics["%StringIteratorPrototype%"];
        intrinsics["String.prototype"].Hidden(GlobalSymbolRegistry.Iterator, Natives.Function(engine, "[Symbol.iterator]", 0, (self, _) =>
            self.IsUndefined() || self.IsNull()
                ? throw intrinsics.Error("TypeError", "String.prototype[Symbol.iterator] called on null or undefined")
                : new CodePointIteration(engine, prototype, TypeConverter.ToString(self))));
        prototype.Method("next", 0, (self, _) => self is CodePointIteration iteration
            ? iteration.Next()
            : throw intrinsics.Error("TypeError", $"Method String Iterator.prototype.next called on incompatible receiver {ErrorWords.Shown.Text(self)}"));
    }

    private JsObject Next()
    {
        var result = new JsObject(Engine);
        var isDone = _at >= _text.Length;
        JsValue value = Undefined;
        if (!isDone)
        {
            var length = char.IsHighSurrogate(_text[_at]) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]) ? 2 : 1;
            value = _text.Substring(_at, length);
            _at += length;
        }
        result.FastSetDataProperty("value", value);
        result.FastSetDataProperty("done", isDone ? JsBoolean.True : JsBoolean.False);
        return result;
    }
}
