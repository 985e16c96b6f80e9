using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Ocap.Vats.Marshal;

/// <summary>Which errors may be part of passed data.</summary>
internal sealed class ErrorRules(JsRealm realm, Quoting quoting, PassStyles styles)
{
    private int _looked;

    internal void Require(JsValue candidate, List<ObjectInstance> inProgress)
    {
        // Errors can have one cause in common, and that as long a chain of causes as there is stack for.
        if ((++_looked & 0xFF) == 0)
        {
            realm.Engine.Constraints.Check();
        }

        if (styles.Known(candidate) is PassStyle.Error)
        {
            return;
        }

        if (candidate is not ObjectInstance error || !realm.IsError(error))
        {
            throw realm.Fail($"Error expected: {quoting.Quote(candidate)}");
        }

        if (error.Prototype is not { } prototype
            || realm.ErrorConstructor(prototype.Get("name").ToString()) is not { } constructor
            || !ReferenceEquals(constructor.Get("prototype"), prototype))
        {
            throw realm.Fail($"Passable Error must inherit from an error class .prototype: {quoting.Quote(error)}");
        }

        if (!error.HasOwnProperty("message"))
        {
            throw realm.Fail($"Passable Error must have an own \"message\" string property: {quoting.Quote(error)}");
        }

        foreach (JsValue key in error.GetOwnPropertyKeys(Jint.Runtime.Types.String))
        {
            RequireProperty(key, error.GetOwnProperty(key), inProgress);
        }
    }

    private void RequireProperty(JsValue key, PropertyDescriptor descriptor, List<ObjectInstance> inProgress)
    {
        string name = Quoting.Quote(key.ToString());
        if (descriptor.Enumerable)
        {
            JsValue shown = PropertyDescriptor.FromPropertyDescriptor(realm.Engine, descriptor, false);
            throw realm.Fail($"Passable Error {name} own property must not be enumerable: {quoting.Quote(shown)}");
        }

        if (descriptor.IsAccessorDescriptor())
        {
            JsValue shown = PropertyDescriptor.FromPropertyDescriptor(realm.Engine, descriptor, false);
            throw realm.Fail($"Passable Error {name} own property must be a data property: {quoting.Quote(shown)}");
        }

        JsValue value = descriptor.Value;
        switch (key.ToString())
        {
            case "message" or "stack":
                _ = value.IsString() ? true : throw realm.Fail($"Passable Error {name} own property must be a string: {quoting.Quote(value)}");
                break;
            case "cause":
                Require(value, inProgress);
                break;
            case "errors":
                if (!realm.IsArray(value) || styles.Of(value, inProgress) != PassStyle.CopyArray)
                {
                    throw realm.Fail($"Passable Error {name} own property must be a copyArray: {quoting.Quote(value)}");
                }

                foreach (JsValue item in realm.Spread(value))
                {
                    Require(item, inProgress);
                }

                break;
            default:
                throw realm.Fail($"Passable Error has extra unpassed property {name}");
        }
    }
}
