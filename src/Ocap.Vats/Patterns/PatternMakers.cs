using Jint.Native;

namespace Ocap.Vats.Patterns;

/// <summary>The patterns that liveslots makes itself.</summary>
internal sealed class PatternMakers(Passables passables)
{
    private readonly Dictionary<string, JsValue> _simple = new(StringComparer.Ordinal);

    internal JsValue Any => Simple("match:any", JsValue.Undefined);

    internal JsValue Scalar => Simple("match:scalar", JsValue.Undefined);

    internal JsValue Pattern => Simple("match:pattern", JsValue.Undefined);

    internal JsValue String => Simple("match:string", passables.Array());

    internal JsValue Symbol => Simple("match:symbol", passables.Array());

    internal JsValue Boolean => Kind("boolean");

    internal JsValue Undefined => Kind("undefined");

    internal JsValue Kind(string kind) => passables.Tagged("match:kind", kind);

    internal JsValue And(params IEnumerable<JsValue> patterns) => passables.Tagged("match:and", passables.Array(patterns));

    internal JsValue Or(params IEnumerable<JsValue> patterns) => passables.Tagged("match:or", passables.Array(patterns));

    internal JsValue Optional(JsValue pattern) => Or(Undefined, pattern);

    internal JsValue ArrayOf(JsValue pattern) => passables.Tagged("match:arrayOf", passables.Array(pattern));

    internal JsValue RecordOf(JsValue name, JsValue value) => passables.Tagged("match:recordOf", passables.Array(name, value));

    internal JsValue MapOf(JsValue key, JsValue value) => passables.Tagged("match:mapOf", passables.Array(key, value));

    internal JsValue SplitRecord(JsValue required, JsValue optional) => passables.Tagged("match:splitRecord", passables.Array(required, optional));

    internal JsValue Record(params IEnumerable<KeyValuePair<string, JsValue>> fields) => passables.Record(fields);

    private JsValue Simple(string tag, JsValue payload)
    {
        if (!_simple.TryGetValue(tag, out JsValue? pattern))
        {
            _simple.Add(tag, pattern = passables.Tagged(tag, payload));
        }

        return pattern;
    }
}
