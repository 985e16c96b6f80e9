using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Jint.Native;

namespace Ocap.Vats.ErrorWords;

/// <summary>What built-in functions refuse.</summary>
internal static class BuiltinWords
{
    // {this}: what the function works on; {0}, {1}…: its arguments; {0.name}: a property of one; {owner}, {method}, {callee}: its names. Where one is not known, the engine's words stay.
    private static readonly FrozenDictionary<string, string> Templates = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Invalid count value"] = "Invalid count value: {0}",
        ["Invalid start index"] = "Invalid index : {0}",
        ["Invalid DataView length"] = "Invalid DataView length {2}",
        ["Promise resolver is not a function"] = "Promise resolver {0} is not a function",
        ["Constructor Promise requires 'new'"] = "Promise constructor cannot be invoked without 'new'",
        ["Getter must be a function"] = "Getter must be a function: {2.get}",
        ["Setter must be a function"] = "Setter must be a function: {2.set}",
        ["Invalid property descriptor. Cannot both specify accessors and a value or writable attribute"] = "Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, [object Object]",
        ["radix must be between 2 and 36"] = "toString() radix argument must be between 2 and 36",
        ["this is not a Date object"] = "this is not a Date object.",
        ["Reduce of empty iterator with no initial value"] = "Reduce of a done iterator with no initial value",
        ["Cannot create proxy with a non-object as target"] = "Cannot create proxy with a non-object as target or handler",
        ["Cannot create proxy with a non-object as handler"] = "Cannot create proxy with a non-object as target or handler",
        ["Cannot perform 'isArray' on a proxy that has been revoked"] = "Cannot perform 'IsArray' on a proxy that has been revoked",
        ["NaN must be positive"] = "{0} must be positive",
        ["The .has property of the object is not a function"] = "string \"has\" is not a function",
        ["The .keys property of the object is not a function"] = "string \"keys\" is not a function",
        ["The .size property is accessed on an object that is not a valid Set or Set-like"] = "Set.prototype.{method} argument must be an object",
        ["Can only invoke functions"] = "undefined is not a function",
        ["apply requires 'this' to be of type ICallable"] = "{callee} is not a function",
        ["call requires 'this' to be of type ICallable"] = "{callee} is not a function",
        ["bind requires 'this' to be of type ICallable"] = "Bind must be called on a function",
        ["byteLength exceeds maxByteLength"] = "Invalid array buffer max length",
        ["Invalid regular expression flags"] = "Invalid flags supplied to RegExp constructor '{1}'",
        ["Cannot prevent extensions"] = "'preventExtensions' on proxy: trap returned falsish",
        ["Cannot freeze"] = "'preventExtensions' on proxy: trap returned falsish",
        ["TypedArray is out of bounds"] = "Cannot perform %TypedArray%.prototype.{method} on a detached ArrayBuffer",
        ["object must be a WeakMap"] = "Method WeakMap.prototype.{method} called on incompatible receiver {this}",
        ["object must be a WeakSet"] = "Method WeakSet.prototype.{method} called on incompatible receiver {this}",
        ["object must be a WeakRef"] = "Method WeakRef.prototype.{method} called on incompatible receiver {this}",
        ["object must be a FinalizationRegistry"] = "Method FinalizationRegistry.prototype.{method} called on incompatible receiver {this}",
        ["object must be a Generator instance"] = "Method [Generator].prototype.{method} called on incompatible receiver {this}",
        ["object must be an AsyncGenerator instance"] = "Method [AsyncGenerator].prototype.{method} called on incompatible receiver {this}",
        ["this is not a typed array."] = "Method %TypedArray%.prototype.{method} called on incompatible receiver {this}",
        ["Method called on incompatible receiver"] = "Method DataView.prototype.{method} called on incompatible receiver {this}",
        ["Cannot resize a fixed-length ArrayBuffer"] = "Method ArrayBuffer.prototype.resize called on incompatible receiver [object ArrayBuffer]",
        ["Promise.reject called on non-object"] = "PromiseReject called on non-object",
        ["resolve is not a function"] = "Promise resolve or reject function is not callable",
        ["reject is not a function"] = "Promise resolve or reject function is not callable",
        ["this passed to Promise.prototype.finally is not an object"] = "Promise.prototype.finally called on non-object",
        ["Date.prototype[Symbol.toPrimitive] requires that 'this' be an object"] = "Method Date.prototype [ @@toPrimitive ] called on incompatible receiver {this}",
        ["Reflect.apply requires the first argument to be a function"] = "Function.prototype.apply was called on {0}, which is {0:kind} and not a function",
        ["invalid type"] = "{0} is not a valid property name",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static string? Of(ErrorSite site, string message, JsError? error)
    {
        if (Templates.TryGetValue(message, out string? template)) return !template.Contains('{', StringComparison.Ordinal) ? template : NativeCall.At(site) is { } call ? Filled(site, call, template) : null;
        if (message.Between("Method ", " called on incompatible receiver") is { } method && NativeCall.At(site) is { } alien) return $"Method {V8Name(method)} called on incompatible receiver {alien.Receiver(site)}";
        if (message.Length == 0) return null;
        if (message.StartsWith("Invalid array length ", StringComparison.Ordinal)) return "Invalid array length";
        if (message.Between("", " requires that 'this' be a ") is null && message.Contains(".prototype.valueOf requires that 'this' be a ", StringComparison.Ordinal) && NativeCall.At(site) is { Method: "toString" }) return message.Replace(".valueOf ", ".toString ", StringComparison.Ordinal);
        if (message[^1] is ')' && error?.Get("name").ToString() is "SyntaxError") return Placeless(message);
        return message switch
        {
            "ArrayBuffer has been detached" => $"Cannot perform {Detached(NativeCall.At(site))} on a detached ArrayBuffer",
            "Invalid size" => error?.Get("name").ToString() is "RangeError" && NativeCall.At(site)?.Member(site, 0, "size") is { } size ? $"'{size}' is an invalid size" : "The .size property is NaN",
            "Invalid index" or "Invalid offset" or "Invalid buffer byte length" => NativeCall.At(site) is { } sized ? BufferWords.Of(site, sized, message) : null,
            "Cannot call method on undefined" or "Cannot call method on null" or "Cannot convert undefined or null to object" => NativeCall.At(site) is { } call ? OnNothing(site, call) : null,
            _ => null,
        };
    }

    private static string Detached(NativeCall? call) => call?.Method switch
    {
        null => "operation",
        "slice" => "ArrayBuffer.prototype.slice",
        _ when call.This is null => "Construct",
        _ => $"DataView.prototype.{call.Method}",
    };

    // The parser adds the place: (1:24).
    private static string? Placeless(string message)
    {
        int open = message.LastIndexOf(" (", StringComparison.Ordinal);
        if (open <= 0 || message.AsSpan(open + 2, message.Length - open - 3).ContainsAnyExcept("0123456789:")) return null;
        return message[..open] + (message.AsSpan(0, open).EndsWith(" in strict mode") ? "." : "");
    }

    private static string? OnNothing(ErrorSite site, NativeCall call)
    {
        if (call.Owner is not "String" && call.Method is "push" or "join" or "includes" or "slice") return null;
        if (call.Owner is "Array" or "String" && call.This is not null && site.Glimpse.Of(call.This) is JsUndefined or JsNull) return $"{call.Owner}.prototype.{call.Method} called on null or undefined";
        if (call.Owner is "" && call.This is not null && site.Glimpse.Of(call.This) is JsUndefined or JsNull) return $"Array.prototype.{call.Method} called on null or undefined";
        return (call.Owner, call.Method) is ("Object", "setPrototypeOf" or "groupBy") or ("Map", "groupBy") ? $"{call.Owner}.{call.Method} called on null or undefined" : null;
    }

    private static string V8Name(string name)
    {
        if (name.EndsWith(".get size", StringComparison.Ordinal)) name = $"get {name[..^"get size".Length]}size";
        return name switch
        {
            "ArrayBuffer.prototype.byteLength" or "ArrayBuffer.prototype.maxByteLength" or "ArrayBuffer.prototype.resizable" or "ArrayBuffer.prototype.detached" => "get " + name,
            "RegExp.prototype.replace" or "RegExp.prototype.match" or "RegExp.prototype.split" or "RegExp.prototype.search" => name.Replace("prototype.", "prototype.@@", StringComparison.Ordinal),
            "TypedArray.prototype.subarray" or "TypedArray.prototype.set" or "get TypedArray.prototype.buffer" => name.Replace("TypedArray", "%TypedArray%", StringComparison.Ordinal),
            _ => name,
        };
    }

    private static string? Filled(ErrorSite site, NativeCall call, string template)
    {
        var text = new StringBuilder();
        int done = 0;
        for (int open; (open = template.IndexOf('{', done)) >= 0;)
        {
            int close = template.IndexOf('}', open);
            if (Value(site, call, template[(open + 1)..close]) is not { } value) return null;
            text.Append(template, done, open - done).Append(value);
            done = close + 1;
        }
        return text.Append(template, done, template.Length - done).ToString();
    }

    private static string? Value(ErrorSite site, NativeCall call, string name)
    {
        switch (name)
        {
            case "this": return call.Receiver(site);
            case "owner": return call.Owner;
            case "method": return call.Method;
            case "callee": return CallPrinter.Print(call.Callee);
            case "0:kind": return site.Glimpse.Of(call.Arguments.FirstOrDefault()) is { } value ? Kind(value) : null;
        }
        int at = int.Parse(name.AsSpan(0, 1), CultureInfo.InvariantCulture);
        return name.Length > 1 ? call.Member(site, at, name[2..]) : call.Argument(site, at);
    }

    private static string Kind(JsValue value) => value switch
    {
        JsString => "a string",
        JsNumber => "a number",
        JsBoolean => "a boolean",
        JsUndefined => "a undefined",
        JsSymbol => "a symbol",
        JsBigInt => "a bigint",
        _ => "a object",
    };
}
