using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Global.Asserting;

/// <summary>
/// The global <c>assert</c>: Endo's. Its errors keep unquoted values out of <c>message</c>; the whole text, and what <c>note</c> adds, goes to the log
/// when such an error is logged.
/// </summary>
internal sealed partial class VatAssert
{
    private readonly Jint.Engine _engine;
    private readonly IntrinsicTable _intrinsics;
    private readonly Quoting _quoting;
    private readonly ObjectInstance _detailsPrototype;
    private readonly ConditionalWeakTable<ObjectInstance, List<string>> _hidden = [];
    private readonly (string Name, JsValue Value)[] _utilities;
    private readonly JsValue _makeError;
    private readonly JsValue _makeAssert;

    internal VatAssert(IntrinsicTable intrinsics)
    {
        _intrinsics = intrinsics;
        _engine = intrinsics.Global.Engine;
        _quoting = new Quoting(_engine, intrinsics);
        _detailsPrototype = new JsObject(_engine);
        _detailsPrototype.Set("toString", Natives.Function(_engine, "toString", 0, static (self, _) => self is Details details ? details.Redacted() : "[Not a DetailsToken]"));
        _makeError = Function("makeError", 2, arguments => MakeError(arguments.At(0), arguments.At(1), arguments.At(2)));
        _makeAssert = Function("makeAssert", 0, arguments => MakeAssert(arguments.At(0), TypeConverter.ToBoolean(arguments.At(1))));
        _utilities =
        [
            ("makeError", _makeError),
            ("note", Function("note", 2, arguments => Note(arguments.At(0), arguments.At(1)))),
            ("quote", Function("quote", 1, arguments => new Quoted(_engine, _quoting.Stringify(arguments.At(0), arguments.At(1))))),
            ("bare", Function("bare", 1, arguments => Bare(arguments.At(0), arguments.At(1)))),
        ];
        // The reference runs its vats with unredacted messages (errorTaming 'unsafe').
        Assert = MakeAssert(JsValue.Undefined, unredacted: true);
    }

    /// <summary>The function itself, to be hardened with the intrinsics.</summary>
    internal ObjectInstance Assert { get; }

    internal Quoting Quoting => _quoting;

    /// <summary>Objects that <c>assert</c> uses without leading to them.</summary>
    internal IEnumerable<ObjectInstance> Roots => [Assert, _detailsPrototype];

    /// <summary>What was said about an error that its message does not show, oldest first.</summary>
    internal IReadOnlyList<string> Hidden(ObjectInstance error) => _hidden.TryGetValue(error, out var notes) ? notes : [];

    private ObjectInstance MakeAssert(JsValue raise, bool unredacted)
    {
        var assert = Function("assert", 1, arguments =>
        {
            if (!TypeConverter.ToBoolean(arguments.At(0))) Fail(arguments.At(1), arguments.At(2), arguments.At(3));
            return JsValue.Undefined;
        });
        Add("equal", "equal", 2, arguments => Equal(arguments));
        Add("typeof", "assertTypeof", 3, arguments => TypeOf(arguments.At(0), arguments.At(1), arguments.At(2)));
        Add("string", "assertString", 1, arguments => TypeOf(arguments.At(0), "string", arguments.At(1)));
        Add("fail", "fail", 0, arguments => Fail(arguments.At(0), arguments.At(1), arguments.At(2)));
        foreach (var (name, value) in _utilities) assert.Set(name, value);
        Add("details", unredacted ? "unredactedDetails" : "details", 1, arguments => MakeDetails(arguments));
        Add("Fail", "Fail", 1, arguments => Fail(MakeDetails(arguments), JsValue.Undefined, JsValue.Undefined));
        assert.Set("error", _makeError);
        assert.Set("makeAssert", _makeAssert);
        return assert;

        void Add(string key, string name, int length, Func<JsValue[], JsValue> body) => assert.Set(key, Function(name, length, body));

        Details MakeDetails(JsValue[] arguments)
        {
            var values = arguments.Skip(1).ToArray();
            for (var i = 0; unredacted && i < values.Length; i++)
            {
                if (values[i] is not Quoted) values[i] = new Quoted(_engine, _quoting.Stringify(values[i], JsValue.Undefined));
            }
            return new Details(_engine, _detailsPrototype, Asserting.Details.Template(arguments.At(0)), values);
        }

        JsValue Fail(JsValue details, JsValue constructor, JsValue options)
        {
            var error = MakeError(details.IsUndefined() ? Literal("Check failed") : details, constructor, options);
            if (raise is not JsUndefined && !raise.IsCallable()) throw Natives.TypeError(_engine, "optRaise is not a function");
            if (raise is not JsUndefined) raise.Call(JsValue.Undefined, [error]);
            throw Thrown(error);
        }

        JsValue Equal(JsValue[] arguments)
        {
            var (actual, expected) = (arguments.At(0), arguments.At(1));
            if (Is(actual, expected)) return JsValue.Undefined;
            var details = arguments.At(2);
            if (!TypeConverter.ToBoolean(details)) details = MakeDetails([Strings("Expected ", " is same as ", ""), actual, expected]);
            return Fail(details, TypeConverter.ToBoolean(arguments.At(3)) ? arguments.At(3) : _intrinsics["RangeError"], arguments.At(4));
        }

        JsValue TypeOf(JsValue specimen, JsValue type, JsValue details)
        {
            if (type.IsString() && string.Equals(Quoting.TypeOf(specimen), type.AsString(), StringComparison.Ordinal)) return JsValue.Undefined;
            if (!type.IsString())
                return Fail(MakeDetails([Strings("", " must be a string"), new Quoted(_engine, _quoting.Stringify(type, JsValue.Undefined))]), JsValue.Undefined, JsValue.Undefined);
            if (details.IsUndefined()) details = MakeDetails([Strings("", " must be ", ""), specimen, Bare(Quoting.WithArticle(type.AsString()), JsValue.Undefined)]);
            return Fail(details, _intrinsics["TypeError"], JsValue.Undefined);
        }
    }

    private ObjectInstance MakeError(JsValue details, JsValue constructor, JsValue options)
    {
        var token = Token(details.IsUndefined() || details.IsNull() ? "Assert failed" : details);
        if (options.IsNull()) throw Natives.TypeError(_engine, "Cannot read properties of null (reading 'errorName')");
        var option = options as ObjectInstance;
        var make = constructor.IsUndefined() || constructor.IsNull() ? _intrinsics["Error"] : constructor;
        if (!make.IsCallable()) throw Natives.TypeError(_engine, "ErrorCtor is not a function");
        var errors = option?.Get("errors") ?? JsValue.Undefined;
        JsValue message = token.Redacted();
        var made = ReferenceEquals(make, _intrinsics["AggregateError"])
            ? make.Call(JsValue.Undefined, [errors.IsUndefined() ? _engine.Intrinsics.Array.Construct([]) : errors, message, Cause()])
            : make.Call(JsValue.Undefined, [message, Cause()]);
        if (made is not ObjectInstance error) throw Natives.TypeError(_engine, "An error constructor must make an object");
        if (!errors.IsUndefined() && !ReferenceEquals(make, _intrinsics["AggregateError"])) error.Hidden("errors", errors);
        if (option?.Get("code") is { } code && !code.IsUndefined()) error.Hidden("code", code);
        if (token.HidesSomething) Remember(error, token.Full(_quoting));
        if (option is null || option.Get("sanitize").IsUndefined() || TypeConverter.ToBoolean(option.Get("sanitize"))) Sanitize(error);
        return error;

        JsValue Cause()
        {
            var cause = option?.Get("cause") ?? JsValue.Undefined;
            if (!TypeConverter.ToBoolean(cause)) return JsValue.Undefined;
            var bag = new JsObject(_engine);
            bag.Set("cause", cause);
            return bag;
        }
    }

    // Leaves an error with the properties that a passable one may have, and freezes it.
    private void Sanitize(ObjectInstance error)
    {
        foreach (var key in error.GetOwnPropertyKeys())
        {
            var name = key.IsString() ? key.AsString() : "";
            if (name is "name" or "message" or "errors" or "cause" or "stack" || (name is "code" && error.OwnValue(key) is JsString))
            {
                if (error.GetOwnProperty(key).IsAccessorDescriptor()) error.Hidden(key, error.Get(key));
                continue;
            }
            Remember(error, $"originally with property {WellKnown.Name(key)} {_quoting.Stringify(error.Get(key), JsValue.Undefined)}");
            error.Delete(key);
        }
        error.PreventExtensions();
        foreach (var key in error.GetOwnPropertyKeys()) error.Define(key, new PropertyDescriptor { Configurable = false, Writable = false });
    }

    private JsValue Note(JsValue error, JsValue details)
    {
        var token = Token(details);
        if (error is not ObjectInstance target) throw Natives.TypeError(_engine, "Invalid value used as weak map key");
        Remember(target, token.Full(_quoting));
        return JsValue.Undefined;
    }

    private Details Token(JsValue details) => details switch
    {
        Details token => token,
        JsString => Literal(details.AsString()),
        _ => throw Natives.TypeError(_engine, $"unrecognized details {_quoting.Stringify(details, JsValue.Undefined)}"),
    };

    private Details Literal(string text) => new(_engine, _detailsPrototype, [text], []);

    private Quoted Bare(JsValue text, JsValue spaces) =>
        text.IsString() && CanBeBare().IsMatch(text.AsString()) ? new Quoted(_engine, text.AsString()) : new Quoted(_engine, _quoting.Stringify(text, spaces));

    private void Remember(ObjectInstance error, string text) => _hidden.GetValue(error, static _ => []).Add(text);

    private JsArray Strings(params ReadOnlySpan<string> parts)
    {
        var values = new JsValue[parts.Length];
        for (var i = 0; i < parts.Length; i++) values[i] = parts[i];
        return new JsArray(_engine, values);
    }

    private bool Is(JsValue left, JsValue right) => TypeConverter.ToBoolean(_intrinsics["Object"].Object("is").Call(JsValue.Undefined, [left, right]));

    private ObjectInstance Function(string name, int length, Func<JsValue[], JsValue> body) => Natives.Function(_engine, name, length, (_, arguments) => body(arguments));

    private static JavaScriptException Thrown(JsValue error) => new(error);

    [GeneratedRegex(@"^[\w:-]( ?[\w:-])*\z", RegexOptions.ECMAScript | RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex CanBeBare();
}
