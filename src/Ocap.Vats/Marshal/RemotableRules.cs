using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Marshal;

/// <summary>Which objects and functions pass by presence: those whose prototype declares it, as <c>Far</c> and <c>makeExo</c> make them.</summary>
internal sealed class RemotableRules(JsRealm realm, Quoting quoting, TagRecordRules tagRecords)
{
    internal void Require(ObjectInstance candidate)
    {
        CanBeValid(candidate, fail: true);
        Confirm(candidate, fail: true);
    }

    internal string? InterfaceOf(JsValue value) =>
        value is ObjectInstance instance
        && instance.Get(realm.PassStyle) is JsString style && style == "remotable"
        && Confirm(instance, fail: false)
            ? instance.Get(realm.ToStringTag).ToString()
            : null;

    internal bool CanBeMethod(JsValue value) => value is ObjectInstance instance && instance.IsCallable() && !instance.HasProperty(realm.PassStyle);

    internal bool CheckInterface(JsValue name, bool fail)
    {
        if (name is not JsString)
        {
            return fail ? throw realm.Fail($"For now, interface {quoting.Quote(name)} must be a string; unimplemented") : false;
        }

        string text = name.ToString();
        return text is "Remotable" || text.StartsWith("Alleged: ", StringComparison.Ordinal) || text.StartsWith("DebugName: ", StringComparison.Ordinal)
            || (fail ? throw realm.Fail($"For now, iface {quoting.Quote(name)} must be \"Remotable\" or begin with \"Alleged: \" or \"DebugName: \"; unimplemented") : false);
    }

    private bool Confirm(ObjectInstance candidate, bool fail)
    {
        if (realm.Notes.Of(candidate) is { IsRemotable: true })
        {
            return true;
        }

        // With a proxy among them, prototypes can go round in a circle: that ends with the stack.
        realm.Engine.Constraints.Check();
        if (!JsRealm.IsFrozen(candidate))
        {
            return fail ? throw realm.Fail($"cannot serialize non-frozen objects like {quoting.Quote(candidate)}") : false;
        }

        if (!CanBeValid(candidate, fail) || !PrototypeDeclares(candidate, fail))
        {
            return false;
        }

        realm.Notes.On(candidate).IsRemotable = true;
        return true;
    }

    private bool PrototypeDeclares(ObjectInstance candidate, bool fail)
    {
        ObjectInstance? prototype = candidate.Prototype;
        if (prototype is null || ReferenceEquals(prototype, realm.ObjectPrototype) || ReferenceEquals(prototype, realm.FunctionPrototype))
        {
            return fail ? throw realm.Fail($"Remotables must be explicitly declared: {quoting.Quote(candidate)}") : false;
        }

        bool isFunction = candidate.IsCallable();
        if (!isFunction && prototype.Prototype is { } parent && !ReferenceEquals(parent, realm.ObjectPrototype))
        {
            // Instances of exo classes inherit from a remotable.
            return Confirm(prototype, fail);
        }

        if (!tagRecords.Check(prototype, "remotable", isFunction, fail))
        {
            return false;
        }

        List<JsValue> extra = [.. prototype.GetOwnPropertyKeys().Where(key => !tagRecords.IsTagKey(key))];
        if (extra.Count > 0)
        {
            return fail ? throw realm.Fail($"Unexpected properties on Remotable Proto {quoting.Quote(new JsArray(realm.Engine, [.. extra]))}") : false;
        }

        return CheckInterface(prototype.Get(realm.ToStringTag), fail);
    }

    private bool CanBeValid(ObjectInstance candidate, bool fail)
    {
        if (realm.IsArray(candidate))
        {
            return fail ? throw realm.Fail($"cannot serialize arrays as Remotable {quoting.Quote(candidate)}") : false;
        }

        return candidate.IsCallable() ? FunctionCanBeValid(candidate, fail) : ObjectCanBeValid(candidate, fail);
    }

    private bool ObjectCanBeValid(ObjectInstance candidate, bool fail)
    {
        foreach (JsValue key in candidate.GetOwnPropertyKeys())
        {
            string name = Quoting.Quote(key.ToString());
            if (candidate.GetOwnProperty(key).IsAccessorDescriptor())
            {
                return fail ? throw realm.Fail($"cannot serialize Remotables with accessors like {name} in {quoting.Quote(candidate)}") : false;
            }

            JsValue value = candidate.Get(key);
            if (ReferenceEquals(key, realm.ToStringTag) && CheckInterface(value, fail))
            {
                continue;
            }

            if (!CanBeMethod(value))
            {
                return fail ? throw realm.Fail($"cannot serialize Remotables with non-methods like {name} in {quoting.Quote(candidate)}") : false;
            }

            if (ReferenceEquals(key, realm.PassStyle))
            {
                return fail ? throw realm.Fail($"A pass-by-remote cannot shadow {quoting.Quote(key)}") : false;
            }
        }

        return true;
    }

    private bool FunctionCanBeValid(ObjectInstance candidate, bool fail)
    {
        List<JsValue> rest = [];
        bool named = false, counted = false;
        foreach (JsValue key in candidate.GetOwnPropertyKeys())
        {
            PropertyDescriptor descriptor = candidate.GetOwnProperty(key);
            if (key is JsString text && text == "name")
            {
                named = descriptor.Value is JsString;
            }
            else if (key is JsString word && word == "length")
            {
                counted = descriptor.Value is JsNumber;
            }
            else if (!ReferenceEquals(key, realm.ToStringTag))
            {
                rest.Add(key);
            }
            else if (descriptor.Value is not JsString)
            {
                return fail ? throw realm.Fail($"Far function @@toStringTag must be a string, in {quoting.Quote(candidate)}") : false;
            }
            else if (!CheckInterface(descriptor.Value, fail))
            {
                return false;
            }
        }

        if (!named || !counted)
        {
            return fail ? throw realm.Fail($"Far function {(named ? "length must be a number" : "name must be a string")}, in {quoting.Quote(candidate)}") : false;
        }

        return rest.Count == 0
            || (fail ? throw realm.Fail($"Far functions unexpected properties besides .name and .length {quoting.Quote(new JsArray(realm.Engine, [.. rest]))}") : false);
    }
}
