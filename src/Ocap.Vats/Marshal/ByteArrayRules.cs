using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Marshal;

/// <summary>Which buffers pass by copy, or would if there were an encoding for them: those that nobody can change.</summary>
internal sealed class ByteArrayRules(JsRealm realm, Quoting quoting)
{
    internal void Require(ObjectInstance candidate)
    {
        if (!realm.IsImmutableBuffer(candidate))
        {
            throw realm.Fail($"Immutable ArrayBuffer expected: {quoting.Quote(candidate)}");
        }

        if (!ReferenceEquals(candidate.Prototype, realm.ArrayBufferPrototype))
        {
            throw realm.Fail($"Malformed ByteArray {quoting.Quote(candidate)}", "TypeError");
        }

        foreach (JsValue key in candidate.GetOwnPropertyKeys())
        {
            RequireProperty(candidate, key);
        }
    }

    // The shim of the reference gives each of these buffers a tag of its own.
    private void RequireProperty(ObjectInstance candidate, JsValue key)
    {
        if (!ReferenceEquals(key, realm.ToStringTag))
        {
            throw realm.Fail($"ByteArrays must not have own properties: {quoting.Quote(candidate)}", "TypeError");
        }

        PropertyDescriptor descriptor = candidate.GetOwnProperty(key);
        if (descriptor.Enumerable || descriptor.IsAccessorDescriptor() || descriptor.Value is not JsString)
        {
            throw realm.Fail(
                $"ByteArray own-property {quoting.Quote(key)} must be a non-enumerable data property of typeof \"string\": {quoting.Quote(candidate)}", "TypeError");
        }
    }
}
