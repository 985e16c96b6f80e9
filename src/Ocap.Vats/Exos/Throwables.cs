using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;
using Ocap.Vats.Patterns;

namespace Ocap.Vats.Exos;

/// <summary>What methods throw, made such that it can travel: an error of another make is replaced by a plain copy; objects are not thrown.</summary>
internal sealed class Throwables(VatHeap heap)
{
    internal JsValue Of(JsValue thrown) => Of(heap.Realm.Harden(thrown), new(ReferenceEqualityComparer.Instance));

    /// <param name="thrown">What is thrown, or a part of it.</param>
    /// <param name="seen">Data whose parts are looked at already: what contains one thing twice, forty times over, has endlessly many.</param>
    private JsValue Of(JsValue thrown, HashSet<JsValue> seen)
    {
        if (heap.Realm.IsError(thrown))
        {
            return Error((ObjectInstance)thrown);
        }

        if (thrown is not ObjectInstance || !seen.Add(thrown))
        {
            return thrown;
        }

        PassStyle style = heap.Patterns.Passables.StyleOf(thrown);
        JsValue[] parts = style switch
        {
            PassStyle.CopyArray => heap.Realm.Spread(thrown),
            PassStyle.CopyRecord => [.. Passables.Names(thrown).Select(name => Passables.Field(thrown, name))],
            PassStyle.Tagged => [Passables.Payload(thrown)],
            _ => throw heap.Realm.Fail($"A {Quoting.Quote(style.Name())} is not throwable: {heap.Quoting.Quote(thrown)}"),
        };
        foreach (JsValue part in parts)
        {
            if (!ReferenceEquals(part, Of(part, seen)))
            {
                throw heap.Realm.Fail($"nested toThrowable coercion not yet supported {heap.Quoting.Quote(part)}");
            }
        }

        return thrown;
    }

    private JsValue Error(ObjectInstance error)
    {
        if (IsPassable(error))
        {
            return error;
        }

        string name = TypeConverter.ToString(error.Get("name"));
        string message = TypeConverter.ToString(error.Get("message"));
        Constructor constructor = heap.Realm.ErrorConstructor(name) ?? heap.Realm.ErrorConstructor("Error")!;

        // AggregateError's constructor takes its errors first: it is made as an Error that inherits from its prototype.
        ObjectInstance copy = heap.Realm.ErrorConstructor("Error")!.Construct([message], constructor);
        foreach (string property in (string[])["cause", "errors"])
        {
            if (error.HasOwnProperty(property)
                && error.GetOwnProperty(property) is { Enumerable: false } descriptor
                && !descriptor.IsAccessorDescriptor()
                && (property is "cause" ? heap.Realm.IsError(descriptor.Value) && IsPassable((ObjectInstance)descriptor.Value) : IsErrors(descriptor.Value)))
            {
                copy.DefineOwnProperty(property, new PropertyDescriptor(descriptor.Value, PropertyFlag.NonEnumerable));
            }
        }

        return heap.Realm.Harden(copy);
    }

    private bool IsErrors(JsValue value) => heap.Realm.IsArray(value) && Array.TrueForAll(heap.Realm.Spread(value), item => heap.Realm.IsError(item) && IsPassable((ObjectInstance)item));

    private bool IsPassable(ObjectInstance error)
    {
        try
        {
            return heap.Styles.Of(error) == PassStyle.Error;
        }
        catch (JavaScriptException)
        {
            return false;
        }
    }
}
