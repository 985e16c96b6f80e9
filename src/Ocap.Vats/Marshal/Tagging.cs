using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Marshal;

/// <summary>Makes tagged data and remotables as @endo/pass-style does.</summary>
internal sealed class Tagging(JsRealm realm, Quoting quoting, PassStyles styles)
{
    private const string GetMethodNames = "__getMethodNames__";

    private readonly Dictionary<string, ObjectInstance> _prototypes = new(StringComparer.Ordinal);
    private readonly RemotableRules _rules = new(realm, quoting, new TagRecordRules(realm, quoting));

    internal ObjectInstance Tagged(JsValue tag, JsValue payload)
    {
        if (tag is not JsString)
        {
            throw realm.Fail($"The tag of a tagged record must be a string: {quoting.Quote(tag)}");
        }

        styles.Of(realm.Harden(payload));
        var tagged = new JsObject(realm.Engine);
        tagged.DefineOwnProperty(realm.PassStyle, JsRealm.Hidden("tagged"));
        tagged.DefineOwnProperty(realm.ToStringTag, JsRealm.Hidden(tag));
        tagged.DefineOwnProperty("payload", new PropertyDescriptor(payload, PropertyFlag.OnlyEnumerable));
        return realm.Harden(tagged);
    }

    /// <summary>Gives an object the prototype that declares it a remotable, and hardens it.</summary>
    internal ObjectInstance Remotable(string iface, ObjectInstance instance)
    {
        _rules.CheckInterface(iface, fail: true);
        instance.Prototype = Prototype(iface);
        return realm.Harden(instance);
    }

    /// <summary><c>Far(name, methods)</c> with the method that lists the others, as vat code's own Far gives it unless there is one.</summary>
    internal ObjectInstance Far(string name, ObjectInstance methods)
    {
        if (!methods.HasProperty(GetMethodNames))
        {
            methods.DefineOwnProperty(GetMethodNames, JsRealm.Hidden(realm.Function(GetMethodNames, 0, (self, _) => MethodNames.Of(realm, self))));
        }

        return Remotable("Alleged: " + name, methods);
    }

    private ObjectInstance Prototype(string iface)
    {
        if (_prototypes.TryGetValue(iface, out ObjectInstance? known))
        {
            return known;
        }

        var prototype = new JsObject(realm.Engine);
        prototype.DefineOwnProperty(realm.PassStyle, JsRealm.Hidden("remotable"));
        prototype.DefineOwnProperty(realm.ToStringTag, JsRealm.Hidden(iface));
        realm.Harden(prototype);

        // Prototypes are shared by interface, within reason: names come from other vats.
        if (_prototypes.Count < 256)
        {
            _prototypes.Add(iface, prototype);
        }

        return prototype;
    }
}
