using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using JsEngine = Jint.Engine;

namespace Ocap.Vats.Marshal;

/// <summary>The intrinsics of one vat's engine that liveslots relies on, taken before vat code runs, and the few operations built on them.</summary>
internal sealed class JsRealm
{
    private readonly VatEngine _vatEngine;
    private readonly JsValue _symbolFor;
    private readonly JsValue _symbolKeyFor;
    private readonly JsValue _jsonStringify;
    private readonly JsValue _arrayFrom;
    private readonly JsValue _objectCreate;
    private readonly JsValue _isImmutable;
    private readonly JsValue _isArray;
    private readonly JsSymbol _iterator;
    private readonly Dictionary<string, Constructor> _errors = new(StringComparer.Ordinal);

    internal JsRealm(VatEngine vatEngine)
    {
        _vatEngine = vatEngine;
        Engine = vatEngine.Engine;
        Notes = vatEngine.Notes;
        ObjectPrototype = PrototypeOf("Object");
        FunctionPrototype = PrototypeOf("Function");
        ArrayPrototype = PrototypeOf("Array");
        ArrayBufferPrototype = PrototypeOf("ArrayBuffer");
        PromisePrototype = PrototypeOf("Promise");
        ErrorPrototype = PrototypeOf("Error");
        Promise = (Constructor)Global("Promise");
        Proxy = (Constructor)Global("Proxy");
        PromiseThen = PromisePrototype.Get("then");
        PromiseCatch = PromisePrototype.Get("catch");
        PromiseResolve = Promise.Get("resolve");
        var arrayIterator = (ObjectInstance)((JsValue)ArrayPrototype.Get(GlobalSymbol("iterator"))).Call(new JsArray(Engine, []), []);
        IteratorPrototype = arrayIterator.Prototype!.Prototype!;
        _symbolFor = ((ObjectInstance)Global("Symbol")).Get("for");
        _symbolKeyFor = ((ObjectInstance)Global("Symbol")).Get("keyFor");
        _jsonStringify = ((ObjectInstance)Global("JSON")).Get("stringify");
        _objectCreate = ((ObjectInstance)Global("Object")).Get("create");
        _arrayFrom = ((ObjectInstance)Global("Array")).Get("from");
        _isArray = ((ObjectInstance)Global("Array")).Get("isArray");
        _isImmutable = ArrayBufferPrototype.GetOwnProperty("immutable").Get!;
        ToStringTag = GlobalSymbol("toStringTag");
        _iterator = GlobalSymbol("iterator");
        PassStyle = SymbolFor("passStyle");
        WellKnownSymbols = WellKnown();
        foreach (string name in (string[])["Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError", "AggregateError"])
        {
            if (Engine.Global.Get(name) is Constructor constructor)
            {
                _errors[name] = constructor;
            }
        }
    }

    internal JsEngine Engine { get; }

    internal ObjectNotes Notes { get; }

    internal ObjectInstance ObjectPrototype { get; }

    internal ObjectInstance FunctionPrototype { get; }

    internal ObjectInstance ArrayPrototype { get; }

    internal ObjectInstance ArrayBufferPrototype { get; }

    internal ObjectInstance PromisePrototype { get; }

    internal ObjectInstance ErrorPrototype { get; }

    internal ObjectInstance IteratorPrototype { get; }

    internal Constructor Promise { get; }

    internal Constructor Proxy { get; }

    internal JsValue PromiseThen { get; }

    internal JsValue PromiseCatch { get; }

    internal JsValue PromiseResolve { get; }

    internal JsSymbol ToStringTag { get; }

    internal JsSymbol PassStyle { get; }

    /// <summary>The symbols that are properties of <c>Symbol</c>, by the name <c>@@name</c>.</summary>
    internal IReadOnlyDictionary<string, JsSymbol> WellKnownSymbols { get; }

    internal JsSymbol SymbolFor(string key) => (JsSymbol)_symbolFor.Call(JsValue.Undefined, [new JsString(key)]);

    internal string? SymbolKeyFor(JsSymbol symbol) => _symbolKeyFor.Call(JsValue.Undefined, [symbol]) is JsString key ? key.ToString() : null;

    internal JsSymbol GlobalSymbol(string name) => (JsSymbol)((ObjectInstance)Global("Symbol")).Get(name);

    internal T Harden<T>(T value)
        where T : JsValue
    {
        if (value is ObjectInstance)
        {
            _vatEngine.Harden(value);
        }

        return value;
    }

    /// <inheritdoc cref="Limits.CrankBudget.CheckStack"/>
    internal void CheckStack() => _vatEngine.CheckStack();

    /// <summary>The error class of that name, or null when data of that name is decoded as a plain Error.</summary>
    internal Constructor? ErrorConstructor(string name) => _errors.GetValueOrDefault(name);

    internal ObjectInstance NewError(string message, string name = "Error") => _errors[name].Construct([new JsString(message)], _errors[name]);

    /// <summary>An Error to throw into the vat.</summary>
    internal JavaScriptException Fail(string message, string name = "Error") => new(Harden(NewError(message, name)));

    /// <summary>A TypeError as the language itself throws it: not frozen.</summary>
    internal JavaScriptException TypeError(string message) => new(NewError(message, "TypeError"));

    /// <summary>A value that is about to be called.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">What the message calls it when it cannot be.</param>
    internal JsValue RequireFunction(JsValue value, string name) => value.IsCallable() ? value : throw TypeError($"{name} is not a function");

    internal ClrFunction Function(string name, int length, Func<JsValue, JsValue[], JsValue> body) => new(Engine, name, body, length, PropertyFlag.Configurable);

    internal static PropertyDescriptor Hidden(JsValue value) => new(value, PropertyFlag.AllForbidden);

    /// <summary>An object that inherits from nothing.</summary>
    internal ObjectInstance NewBare() => (ObjectInstance)_objectCreate.Call(JsValue.Undefined, [JsValue.Null]);

    /// <summary>Elements of an iterable, as spreading it would give them.</summary>
    /// <param name="iterable">What is spread.</param>
    /// <param name="name">What the message calls it when it cannot be.</param>
    internal JsValue[] Spread(JsValue iterable, string name = "args")
    {
        JsArray array = iterable as JsArray ?? (JsArray)_arrayFrom.Call(Global("Array"), [RequireIterable(iterable, name)]);
        var items = new JsValue[array.Length];
        for (uint i = 0; i < items.Length; i++)
        {
            items[i] = array.TryGetValue(i, out JsValue value) ? value : JsValue.Undefined;
        }

        return items;
    }

    internal bool IsIterable(JsValue value) =>
        value is (ObjectInstance or JsString) && Engine.GetValue(value, _iterator).IsCallable();

    /// <summary>Elements of an iterable one by one, as <c>for … of</c> takes them; the iterator is closed when the loop is left early.</summary>
    /// <param name="iterable">What is gone through.</param>
    /// <param name="name">What the message calls it when it cannot be.</param>
    /// <param name="complaint">The message when its iterator has no method to go on with, if it is a special one.</param>
    internal IEnumerable<JsValue> Iterate(JsValue iterable, string name = "it", string? complaint = null)
    {
        JsValue iterate = iterable.IsUndefined() || iterable.IsNull() ? JsValue.Undefined : Engine.GetValue(iterable, _iterator);
        if (!iterate.IsCallable())
        {
            throw TypeError($"{name} is not iterable");
        }

        ObjectInstance iterator = iterate.Call(iterable, []) as ObjectInstance ?? throw TypeError("Result of the Symbol.iterator method is not an object");
        JsValue next = iterator.Get("next");
        if (!next.IsCallable())
        {
            throw TypeError(complaint ?? $"{ErrorWords.Shown.Kind(next)} is not a function");
        }

        bool isDone = false;
        try
        {
            while (true)
            {
                isDone = true;
                JsValue result = next.Call(iterator, []);
                if (result is not ObjectInstance step)
                {
                    throw TypeError($"Iterator result {result} is not an object");
                }

                if (TypeConverter.ToBoolean(step.Get("done")))
                {
                    yield break;
                }

                JsValue value = step.Get("value");
                isDone = false;
                yield return value;
            }
        }
        finally
        {
            if (!isDone && iterator.Get("return") is var close && close.IsCallable())
            {
                close.Call(iterator, []);
            }
        }
    }

    internal string Stringify(JsValue value, JsValue replacer) =>
        _jsonStringify.Call(JsValue.Undefined, [value, replacer]) is JsString text ? text.ToString() : "undefined";

    /// <summary>A value as JSON, or null when JSON leaves it out.</summary>
    internal string? StringifyOrNull(JsValue value) => (_jsonStringify.Call(JsValue.Undefined, [value]) as JsString)?.ToString();

    internal static bool IsFrozen(ObjectInstance candidate)
    {
        if (candidate.Extensible)
        {
            return false;
        }

        foreach (JsValue key in candidate.GetOwnPropertyKeys())
        {
            PropertyDescriptor descriptor = candidate.GetOwnProperty(key);
            if (descriptor.Configurable || (!descriptor.IsAccessorDescriptor() && descriptor.Writable))
            {
                return false;
            }
        }

        return true;
    }

    internal bool IsError(JsValue candidate)
    {
        int links = 0;
        for (ObjectInstance? link = (candidate as ObjectInstance)?.Prototype; link is not null; link = link.Prototype)
        {
            if (ReferenceEquals(link, ErrorPrototype))
            {
                return true;
            }

            if ((++links & 0xFF) == 0)
            {
                RequireEnd(links);
            }
        }

        return false;
    }

    /// <summary><c>Array.isArray</c>: a proxy of an array is one too.</summary>
    internal bool IsArray(JsValue candidate) =>
        candidate.IsArray() || (candidate is ObjectInstance and not JsObject && TypeConverter.ToBoolean(_isArray.Call(JsValue.Undefined, [candidate])));

    /// <summary>Whether it is an ArrayBuffer whose bytes cannot be changed.</summary>
    internal bool IsImmutableBuffer(JsValue candidate) => candidate is JsArrayBuffer && TypeConverter.ToBoolean(_isImmutable.Call(candidate, []));

    /// <summary>Whether it claims to be tagged data of that name.</summary>
    internal bool IsTagged(ObjectInstance candidate, string tag) =>
        candidate.Get(PassStyle) is JsString style && style == "tagged" && candidate.Get(ToStringTag) is JsString name && name == tag;

    /// <summary>A promise as <c>Promise.resolve(p) === p</c> tells it.</summary>
    internal bool IsPromise(JsValue candidate) => candidate.IsPromise() && ReferenceEquals(((ObjectInstance)candidate).Get("constructor"), Promise);

    // With a proxy among them, prototypes can go round in a circle. V8 gives up with this error after as many proxies.
    private void RequireEnd(int links)
    {
        Engine.Constraints.Check();
        if (links > 100 * 1024)
        {
            throw new JavaScriptException(NewError("Maximum call stack size exceeded", "RangeError"));
        }
    }

    private JsValue RequireIterable(JsValue value, string name) => IsIterable(value) ? value : throw TypeError($"{name} is not iterable");

    private JsValue Global(string name) => Engine.Global.Get(name);

    private ObjectInstance PrototypeOf(string name) => (ObjectInstance)((ObjectInstance)Global(name)).Get("prototype");

    private Dictionary<string, JsSymbol> WellKnown()
    {
        var symbols = new Dictionary<string, JsSymbol>(StringComparer.Ordinal);
        var constructor = (ObjectInstance)Global("Symbol");
        foreach (JsValue key in constructor.GetOwnPropertyKeys(Types.String))
        {
            if (constructor.Get(key) is JsSymbol symbol)
            {
                symbols["@@" + key] = symbol;
            }
        }

        return symbols;
    }
}
