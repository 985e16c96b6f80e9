using Jint.Native;

namespace Ocap.Vats.Patterns;

/// <summary>What the payloads of guards look like. Guards are tagged data, made by the copy of @endo/patterns that a vat bundles.</summary>
internal sealed class GuardShapes(PatternMakers patterns)
{
    private readonly Dictionary<string, JsValue> _shapes = new(StringComparer.Ordinal);

    internal JsValue? PayloadOf(string tag)
    {
        if (!tag.StartsWith("guard:", StringComparison.Ordinal))
        {
            return null;
        }

        if (!_shapes.TryGetValue(tag, out JsValue? shape) && Make(tag) is { } made)
        {
            _shapes.Add(tag, shape = made);
        }

        return shape;
    }

    private JsValue? Make(string tag) => tag switch
    {
        "guard:awaitArgGuard" => patterns.Record(new KeyValuePair<string, JsValue>("argGuard", patterns.Pattern)),
        "guard:rawGuard" => patterns.RecordOf(patterns.Any, patterns.Any),
        "guard:methodGuard" => patterns.Or(
            MethodGuard("sync", SyncGuard()),
            MethodGuard("async", patterns.Or(patterns.Kind("guard:rawGuard"), patterns.Kind("guard:awaitArgGuard"), patterns.Pattern))),
        "guard:interfaceGuard" => InterfaceGuard(),
        _ => null,
    };

    private JsValue SyncGuard() => patterns.Or(patterns.Kind("guard:rawGuard"), patterns.Pattern);

    private JsValue MethodGuard(string callKind, JsValue argument) => patterns.Record(
        new("callKind", callKind),
        new("argGuards", patterns.ArrayOf(argument)),
        new("optionalArgGuards", patterns.Optional(patterns.ArrayOf(argument))),
        new("restArgGuard", patterns.Optional(SyncGuard())),
        new("returnGuard", SyncGuard()));

    private JsValue InterfaceGuard() => patterns.SplitRecord(
        patterns.Record(
            new("interfaceName", patterns.String),
            new("methodGuards", patterns.RecordOf(patterns.String, patterns.Kind("guard:methodGuard")))),
        patterns.Record(
            new("defaultGuards", patterns.Or(patterns.Undefined, "passable", "raw")),
            new("sloppy", patterns.Boolean),
            new("symbolMethodGuards", patterns.MapOf(patterns.Symbol, patterns.Kind("guard:methodGuard")))));
}
