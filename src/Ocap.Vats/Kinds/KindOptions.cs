using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Kinds;

/// <summary>How vat code wants a kind to be: the last argument of <c>defineKind</c> and its kin, checked against the behavior.</summary>
internal sealed class KindOptions
{
    private KindOptions(JsValue options)
    {
        Finish = Field("finish");
        StateShape = Field("stateShape");
        ReceiveAmplifier = Field("receiveAmplifier");
        ReceiveInstanceTester = Field("receiveInstanceTester");
        IsThisful = TypeConverter.ToBoolean(Field("thisfulMethods"));
        InterfaceGuard = Field("interfaceGuard");
        InterfaceGuardKit = Field("interfaceGuardKit");

        JsValue Field(string name) => options is ObjectInstance given ? given.Get(name) : JsValue.Undefined;
    }

    internal JsValue Finish { get; }

    internal JsValue StateShape { get; }

    internal JsValue ReceiveAmplifier { get; }

    internal JsValue ReceiveInstanceTester { get; }

    /// <summary>Whether methods are given their context as <c>this</c> instead of as the first argument.</summary>
    internal bool IsThisful { get; }

    internal JsValue InterfaceGuard { get; private set; }

    internal JsValue InterfaceGuardKit { get; private set; }

    internal static KindOptions Read(VatHeap heap, string tag, JsValue behavior, bool isMulti, JsValue given)
    {
        if (given.IsNull())
        {
            throw heap.Realm.Fail("Cannot read properties of null (reading 'finish')", "TypeError");
        }

        var options = new KindOptions(given);
        string name = Quoting.Quote(tag);
        Faceting faceting = Facets.Of(heap.Realm, behavior);
        if (faceting == Faceting.Neither)
        {
            throw heap.Realm.Fail($"invalid behavior specifier for {name}");
        }

        heap.Patterns.Complaints.Require(isMulti == (faceting == Faceting.Many));
        if (!isMulti && !options.InterfaceGuardKit.IsUndefined())
        {
            throw heap.Realm.Fail($"Use an interfaceGuard, not interfaceGuardKit, to protect class {name}");
        }

        if (isMulti && !options.InterfaceGuard.IsUndefined())
        {
            // Packages of some years ago give the guards of all facets under the name of a single one.
            (options.InterfaceGuardKit, options.InterfaceGuard) = options.InterfaceGuardKit.IsUndefined() && TypeConverter.ToBoolean(options.InterfaceGuard)
                ? (options.InterfaceGuard, JsValue.Undefined)
                : throw heap.Realm.Fail($"Use an interfaceGuardKit, not an interfaceGuard, to protect class kit {name}");
        }

        heap.Realm.Harden(options.StateShape);
        if (!options.StateShape.IsUndefined() && heap.Styles.Of(options.StateShape) != PassStyle.CopyRecord)
        {
            throw heap.Realm.Fail($"A stateShape must be a copyRecord: {heap.Quoting.Quote(options.StateShape)}");
        }

        heap.Patterns.RequirePattern(options.StateShape);
        return isMulti || options.ReceiveAmplifier.IsUndefined()
            ? options
            : throw heap.Realm.Fail($"Only facets of an exo class kit can be amplified, not {name}");
    }
}
