using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Marshal;

/// <summary>Rules of tag records: objects whose pass style and name are own symbol properties. Tagged data is one; a remotable inherits from one.</summary>
internal sealed class TagRecordRules(JsRealm realm, Quoting quoting)
{
    /// <summary>The value of an own data property of the wanted enumerability, or a failure.</summary>
    internal JsValue RequireOwnData(ObjectInstance candidate, JsValue name, bool enumerable) => OwnData(candidate, name, enumerable, fail: true)!;

    internal JsValue? OwnData(ObjectInstance candidate, JsValue name, bool enumerable, bool fail)
    {
        PropertyDescriptor descriptor = candidate.GetOwnProperty(name);
        if (ReferenceEquals(descriptor, PropertyDescriptor.Undefined))
        {
            return fail ? throw realm.Fail($"{quoting.Quote(name)} property expected: {quoting.Quote(candidate)}") : null;
        }

        if (descriptor.IsAccessorDescriptor())
        {
            return fail ? throw realm.Fail($"{quoting.Quote(name)} must not be an accessor property: {quoting.Quote(candidate)}") : null;
        }

        if (descriptor.Enumerable != enumerable)
        {
            return fail ? throw realm.Fail($"{quoting.Quote(name)} must {(enumerable ? "be an" : "not be an")} enumerable property: {quoting.Quote(candidate)}") : null;
        }

        return descriptor.Value;
    }

    internal bool Check(ObjectInstance record, string style, bool forFunction, bool fail)
    {
        if (!JsRealm.IsFrozen(record))
        {
            return fail ? throw realm.Fail($"A tagRecord must be frozen: {quoting.Quote(record)}") : false;
        }

        if (realm.IsArray(record))
        {
            return fail ? throw realm.Fail($"An array cannot be a tagRecord: {quoting.Quote(record)}") : false;
        }

        JsValue? actual = OwnData(record, realm.PassStyle, enumerable: false, fail);
        if (actual is not JsString name || !string.Equals(name.ToString(), style, StringComparison.Ordinal))
        {
            return fail ? throw realm.Fail($"Expected {Quoting.Quote(style)}, not {quoting.Quote(actual ?? JsValue.Undefined)}: {quoting.Quote(record)}") : false;
        }

        if (OwnData(record, realm.ToStringTag, enumerable: false, fail) is not JsString)
        {
            return fail ? throw realm.Fail($"A [Symbol.toStringTag]-named property must be a string: {quoting.Quote(record)}") : false;
        }

        ObjectInstance? parent = record.Prototype;
        if (forFunction)
        {
            return ReferenceEquals(parent, realm.FunctionPrototype) || (parent is not null && ReferenceEquals(parent.Prototype, realm.FunctionPrototype))
                || (fail ? throw realm.Fail($"For functions, a tagRecord must inherit from Function.prototype: {quoting.Quote(record)}") : false);
        }

        return ReferenceEquals(parent, realm.ObjectPrototype)
            || (fail ? throw realm.Fail($"A tagRecord must inherit from Object.prototype: {quoting.Quote(record)}") : false);
    }

    /// <summary>Checks tagged data but for its payload, and returns that.</summary>
    internal JsValue RequirePayload(ObjectInstance tagged)
    {
        Check(tagged, "tagged", forFunction: false, fail: true);
        List<JsValue> extra = [.. tagged.GetOwnPropertyKeys().Where(key => !IsTagKey(key) && !(key is JsString name && name == "payload"))];
        return extra.Count == 0
            ? RequireOwnData(tagged, "payload", enumerable: true)
            : throw realm.Fail($"Unexpected properties on tagged record {quoting.Quote(new JsArray(realm.Engine, [.. extra]))}");
    }

    internal bool IsTagKey(JsValue key) => ReferenceEquals(key, realm.PassStyle) || ReferenceEquals(key, realm.ToStringTag);
}
