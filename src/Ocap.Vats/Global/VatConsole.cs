using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Global.Asserting;

namespace Ocap.Vats.Global;

/// <summary>
/// The vat's <c>console</c>: <c>debug info log warn error</c>, each a line of text to the host. Errors show their stack, causes and what
/// <c>assert</c> kept out of their messages: the log is the operator's, not the vat's.
/// </summary>
internal sealed class VatConsole(Jint.Engine engine, VatAssert assert, Action<string, string> write)
{
    private const int MostCharacters = 64 * 1024;
    private const int MostCauses = 8;

    internal ObjectInstance Make()
    {
        var console = new JsObject(engine);
        foreach (var level in (string[])["debug", "info", "log", "warn", "error"])
        {
            console.Set(level, Natives.Function(engine, level, 0, (_, arguments) =>
            {
                write(level, Line(arguments));
                return JsValue.Undefined;
            }));
        }
        return console;
    }

    private string Line(JsValue[] arguments)
    {
        var line = new StringBuilder();
        foreach (var argument in arguments)
        {
            if (line.Length > 0) line.Append(' ');
            var text = Spell(argument);
            line.Append(text, 0, Math.Min(text.Length, MostCharacters + 1));
            if (line.Length > MostCharacters) return line.ToString(0, MostCharacters) + "… (cut)";
        }
        return line.ToString();
    }

    private string Spell(JsValue value) => value switch
    {
        JsString => value.AsString(),
        JsError error => Spell(error, 0),
        ObjectInstance => assert.Quoting.Stringify(value, JsValue.Undefined),
        _ => value.ToString(),
    };

    private string Spell(ObjectInstance error, int depth)
    {
        try
        {
            var header = TamedErrors.Header(error);
            var text = new StringBuilder(header);
            // The stack's own first line says what the header has said.
            if (error.Get("stack") is JsString stack && stack.AsString().StartsWith(header, StringComparison.Ordinal)) text.Append(stack.AsString()[header.Length..]);
            foreach (var hidden in assert.Hidden(error)) text.Append("\n  in full: ").Append(hidden);
            if (depth < MostCauses && error.Get("cause") is JsError cause) text.Append("\n  caused by: ").Append(Spell(cause, depth + 1));
            if (depth < MostCauses && error.Get("errors") is JsArray errors)
            {
                foreach (var inner in errors.Take(MostCauses)) text.Append("\n  one of: ").Append(inner is JsError e ? Spell(e, depth + 1) : Spell(inner));
            }
            return text.ToString();
        }
        catch (JavaScriptException)
        {
            return "[An error that failed to print]";
        }
    }
}
