using Jint;
using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Patterns;

/// <summary>Takes data that can travel apart, and puts it together.</summary>
internal sealed class Passables(JsRealm realm, PassStyles styles, Tagging tagging, Complaints complaints)
{
    private int _looked;

    internal JsRealm Realm => realm;

    internal PassStyles Styles => styles;

    internal Complaints Complaints => complaints;

    internal PassStyle StyleOf(JsValue value)
    {
        // Comparing and matching come by here for each part. What contains one thing twice, forty times over, has endlessly many, and runs no statement of the vat's.
        if ((++_looked & 0xFF) == 0)
        {
            realm.Engine.Constraints.Check();
        }

        return styles.Of(value);
    }

    internal static int Length(JsValue array) => (int)((ObjectInstance)array).Get("length").AsNumber();

    internal static JsValue At(JsValue array, int index) => ((ObjectInstance)array).Get(JsNumber.Create(index));

    internal static JsValue Payload(JsValue tagged) => ((ObjectInstance)tagged).Get("payload");

    internal static JsValue Field(JsValue record, string name) => ((ObjectInstance)record).Get(name);

    internal static List<string> Names(JsValue record) => [.. ((ObjectInstance)record).GetOwnPropertyKeys(Jint.Runtime.Types.String).Select(static key => key.ToString())];

    internal static bool Has(JsValue record, string name) => ((ObjectInstance)record).HasOwnProperty(name);

    internal string TagOf(JsValue tagged) => ((ObjectInstance)tagged).Get(realm.ToStringTag).ToString();

    internal JsValue[] Elements(JsValue array) => realm.Spread(array);

    internal JsArray Array(params IEnumerable<JsValue> elements) => realm.Harden(new JsArray(realm.Engine, [.. elements]));

    internal JsObject Record(params IEnumerable<KeyValuePair<string, JsValue>> entries)
    {
        var record = new JsObject(realm.Engine);
        foreach ((string name, JsValue value) in entries)
        {
            record.CreateDataProperty(name, value);
        }

        return realm.Harden(record);
    }

    internal ObjectInstance Tagged(string tag, JsValue payload) => tagging.Tagged(tag, payload);

    /// <summary>What patterns have found out about an object.</summary>
    internal PatternFacts? FactsOf(JsValue value) => value is ObjectInstance instance ? realm.Notes.Of(instance)?.Facts : null;

    internal PatternFacts FactsOn(JsValue value) => realm.Notes.On((ObjectInstance)value).Facts ??= new PatternFacts();
}

/// <summary>What was found out about a frozen object once and holds for ever.</summary>
internal sealed class PatternFacts
{
    /// <summary>The tag of tagged data whose payload is what the tag promises.</summary>
    internal string? Kind { get; set; }

    internal bool IsKey { get; set; }

    internal bool IsPattern { get; set; }
}
