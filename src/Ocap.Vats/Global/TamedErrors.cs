using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global;

/// <summary>
/// <c>Error</c>: V8's <c>captureStackTrace</c>, and a <c>stackTraceLimit</c> and <c>prepareStackTrace</c> that can be set without effect, because programs
/// use them; a <c>stack</c> that begins with <c>Name: message</c>, and a <c>toString</c> that asks the error itself for them. A vat sees frames of its own code only: there is no other code in its engine. They
/// name the places where that code was written.
/// </summary>
internal static class TamedErrors
{
    internal static void Install(IntrinsicTable intrinsics, StackFrames frames)
    {
        // The names of these functions are those they have under SES.
        var error = intrinsics["Error"];
        var engine = error.Engine;
        error.Accessor(
            "stackTraceLimit",
            Natives.Function(engine, "get", 0, static (_, _) => JsValue.Undefined),
            Natives.Function(engine, "set", 1, static (_, _) => JsValue.Undefined));
        var prepare = Natives.Function(engine, "", 0, static (_, _) => "");
        error.Accessor(
            "prepareStackTrace",
            Natives.Function(engine, "get", 0, (_, _) => prepare),
            Natives.Function(engine, "set", 1, static (_, _) => JsValue.Undefined));
        intrinsics["%prepareStackTrace%"] = prepare;
        error.Hidden("captureStackTrace", Natives.Function(engine, "value", 2, (_, arguments) =>
        {
            if (arguments.At(0) is not ObjectInstance target) throw Natives.TypeError(engine, "Object.defineProperty called on non-object");
            target.Hidden("stack", Header(target) + Lines(frames.AtHome(engine.Advanced.StackTrace)));
            return JsValue.Undefined;
        }));
        InstallStack(intrinsics["Error.prototype"], frames);

        // The engine's own asks the prototype for what a getter of the error's class gives.
        intrinsics["Error.prototype"].Method("toString", 0, (self, _) => self is ObjectInstance target
            ? Header(target)
            : throw Natives.TypeError(engine, $"Method Error.prototype.toString called on incompatible receiver {(self is JsSymbol ? self.ToString() : TypeConverter.ToString(self))}"));
    }

    private static void InstallStack(ObjectInstance prototype, StackFrames frames)
    {
        var engine = prototype.Engine;
        var original = prototype.GetOwnProperty("stack").Get!;
        // The engine reads an error's stack again in every function that the error leaves: the same answer serves as long as nothing has changed.
        (JsValue? Raw, string Header, JsValue Stack) last = (null, "", JsValue.Undefined);
        prototype.Accessor(
            "stack",
            Natives.Function(engine, "get stack", 0, (self, _) =>
            {
                if (self is not ObjectInstance target) throw Natives.TypeError(engine, "get Error.prototype.stack called on a value that is no object");
                if (Holder(target) is not { } error) return JsValue.Undefined;
                var raw = original.Call(error, []);
                if (!raw.IsString()) return JsValue.Undefined;
                var header = Header(error);
                if (!ReferenceEquals(raw, last.Raw) || !string.Equals(header, last.Header, StringComparison.Ordinal)) last = (raw, header, header + Lines(frames.AtHome(raw.AsString())));
                return last.Stack;
            }),
            Natives.Function(engine, "set stack", 1, (self, arguments) =>
            {
                if (self is not ObjectInstance target) throw Natives.TypeError(engine, "set Error.prototype.stack called on a value that is no object");
                if (ReferenceEquals(target, prototype)) throw Natives.TypeError(engine, "Cannot assign to read only property 'stack' of '%ErrorPrototype%'");
                target.Hidden("stack", arguments.At(0));
                return JsValue.Undefined;
            }));
    }

    /// <summary>The error whose stack an object has: itself, or what it inherits from, as if the stack were a property of the error.</summary>
    private static JsError? Holder(ObjectInstance target)
    {
        ObjectInstance? holder = target;
        while (holder is not (null or JsError)) holder = EngineInternals.Heritage(holder);
        return holder as JsError;
    }

    /// <summary>What <c>String(error)</c> gives, from <c>name</c> and <c>message</c>.</summary>
    internal static string Header(ObjectInstance error)
    {
        var name = Text(error.Get("name"), "Error");
        var message = Text(error.Get("message"), "");
        return name.Length == 0 ? message : message.Length == 0 ? name : $"{name}: {message}";

        static string Text(JsValue value, string absent) => value.IsUndefined() ? absent : TypeConverter.ToString(value);
    }

    private static string Lines(string frames) => frames.Length == 0 ? "" : "\n" + frames.TrimEnd();
}
