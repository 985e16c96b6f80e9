using Jint.Native;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Exos;

/// <summary>Guards as packages of some years ago made them: records with a <c>klass</c> instead of tagged data.</summary>
internal sealed class LegacyGuards(PatternMakers patterns)
{
    /// <summary>What such a guard of an object's methods looks like.</summary>
    internal JsValue Interface() => patterns.SplitRecord(
        patterns.Record(
            new("klass", "Interface"),
            new("interfaceName", patterns.String),
            new("methodGuards", patterns.RecordOf(patterns.String, patterns.Or(patterns.Kind("guard:methodGuard"), Method())))),
        patterns.Record(
            new("defaultGuards", patterns.Or(patterns.Undefined, "passable", "raw")),
            new("sloppy", patterns.Boolean),
            new("symbolMethodGuards", patterns.MapOf(patterns.Symbol, patterns.Kind("guard:methodGuard")))));

    /// <summary>What such a guard of one method looks like.</summary>
    internal JsValue Method()
    {
        JsValue sync = patterns.Or(patterns.Kind("guard:rawGuard"), patterns.Pattern);
        JsValue awaited = patterns.Kind("guard:awaitArgGuard");
        JsValue plain = patterns.Or(patterns.Kind("guard:rawGuard"), awaited, patterns.Pattern);
        JsValue legacy = patterns.Or(patterns.Kind("guard:rawGuard"), awaited, Await(), patterns.Pattern);
        return patterns.Or(Method("sync", sync, sync, sync), Method("async", legacy, plain, sync));
    }

    /// <summary>What a promised argument looks like.</summary>
    internal JsValue Await() => patterns.Record(new("klass", "awaitArg"), new("argGuard", patterns.Pattern));

    private JsValue Method(string callKind, JsValue argument, JsValue optional, JsValue other) => patterns.SplitRecord(
        patterns.Record(new("klass", "methodGuard"), new("callKind", callKind), new("argGuards", patterns.ArrayOf(argument)), new("returnGuard", other)),
        patterns.Record(new("optionalArgGuards", patterns.ArrayOf(optional)), new("restArgGuard", other)));
}
