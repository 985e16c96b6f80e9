using System.Runtime.CompilerServices;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Global.Asserting;

namespace Ocap.Vats.Global;

/// <summary>
/// The vat's <c>console</c>, which is its <c>logger</c> as well: <c>debug info log warn error</c>, each a line of text to the host. Errors show their
/// stack, causes and what <c>assert</c> kept out of their messages: the log is the operator's, not the vat's. A sub-logger writes to the same log; its
/// tags, which the daemon's log does not show, are seen by transports of the vat's own.
/// </summary>
internal sealed class VatConsole(Jint.Engine engine, VatAssert assert, Hardener hardener, Action<string, string> write)
{
    private const int MostCharacters = 64 * 1024;
    private const int MostCauses = 8;

    private readonly ConditionalWeakTable<ObjectInstance, Options> _loggers = [];
    private readonly JsObject _prototype = new(engine);

    internal ObjectInstance Make()
    {
        _prototype.Hidden("subLogger", Natives.Function(engine, "subLogger", 0, (logger, arguments) => Make(OptionsOf(logger).With(OptionsFrom(arguments.At(0))))));
        _prototype.Hidden("injectStream", Natives.Function(engine, "injectStream", 2, (_, _) => throw Natives.TypeError(engine, "injectStream: a vat's logger has no streams of messages")));
        return Make(new Options([], []));
    }

    private JsObject Make(Options options)
    {
        var logger = new JsObject(engine) { Prototype = _prototype };
        foreach (var level in (string[])["debug", "info", "log", "warn", "error"])
        {
            logger.Set(level, Natives.Function(engine, level, 0, (_, arguments) =>
            {
                write(level, Line(arguments));
                Transport(options, level, arguments);
                return JsValue.Undefined;
            }));
        }
        _loggers.Add(logger, options);
        return logger;
    }

    private Options OptionsOf(JsValue logger) => logger is ObjectInstance instance && _loggers.TryGetValue(instance, out var options)
        ? options
        : throw Natives.TypeError(engine, "subLogger is a method of loggers");

    private Options OptionsFrom(JsValue given) => given switch
    {
        JsString => new Options([given], []),
        _ when given.IsUndefined() => new Options([], []),
        ObjectInstance record => new Options(List(record.Get("tags")), List(record.Get("transports"))),
        _ => throw Natives.TypeError(engine, "A logger's options must be an object or a tag"),
    };

    private static JsValue[] List(JsValue value) => value is JsArray list ? [.. list] : [];

    private void Transport(Options options, string level, JsValue[] arguments)
    {
        if (options.Transports.Length == 0) return;
        var entry = new JsObject(engine);
        entry.Set("level", level);
        entry.Set("tags", new JsArray(engine, [.. options.Tags]));
        entry.Set("message", arguments.At(0));
        entry.Set("data", new JsArray(engine, [.. arguments.Skip(1)]));
        hardener.Harden(entry);
        foreach (var transport in options.Transports) transport.Call(JsValue.Undefined, [entry]);
    }

    private sealed record Options(JsValue[] Tags, JsValue[] Transports)
    {
        internal Options With(Options more) => new([.. Tags.Union(more.Tags)], [.. Transports.Union(more.Transports)]);
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
