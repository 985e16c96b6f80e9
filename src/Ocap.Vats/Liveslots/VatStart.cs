using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Marshal;
using Ocap.Vats.Marshal;
using Ocap.Vats.Watchers;

namespace Ocap.Vats.Liveslots;

/// <summary>The first delivery: tables from the store, then the vat's code, then its root object.</summary>
internal sealed class VatStart(VatHeap heap, VatPowers powers, DurableTables tables, PromiseWatchers watchers)
{
    private bool _isSettled;
    private string? _error;

    /// <summary>Runs the vat's code up to the promise that <c>buildRootObject</c> returned.</summary>
    internal void Begin(CapData parameters, Func<JsValue> evaluateBundle)
    {
        heap.Ids.Load();
        heap.Handles.Load();
        heap.StoreKinds.Load();
        JsValue vatParameters = heap.Marshaller.Unserialize(parameters);
        tables.Load();
        JsValue powersObject = powers.Make();

        JsValue buildRootObject = evaluateBundle() is ObjectInstance exports ? exports.Get("buildRootObject") : JsValue.Undefined;
        if (!buildRootObject.IsCallable())
        {
            throw heap.Realm.Fail("vat source bundle lacks buildRootObject() function");
        }

        JsValue root = buildRootObject.Call(JsValue.Undefined, [powersObject, vatParameters, tables.Baggage!]);
        heap.Promises.Then(heap.Promises.PlainResolve(root), AcceptRoot, Fail);
    }

    /// <summary>What went wrong, once the vat is quiet; null when it has a root object.</summary>
    internal string? Error => _isSettled ? _error : "buildRootObject unresolved";

    private JsValue AcceptRoot(JsValue root)
    {
        JsValue thrown;
        try
        {
            Accept(root);
            _isSettled = true;
            return JsValue.Undefined;
        }
        catch (JavaScriptException error)
        {
            // What it says is read below, when the stack has been unwound.
            thrown = error.Error;
        }

        return Fail(thrown);
    }

    private void Accept(JsValue root)
    {
        if (heap.Styles.Of(root) != PassStyle.Remotable)
        {
            throw heap.Realm.Fail($"buildRootObject() for vat {Quoting.Quote(heap.VatId)} returned {heap.Quoting.Quote(root)}, which is not Far");
        }

        var rootObject = (ObjectInstance)root;
        if (heap.References.ReferenceOf(rootObject) is not null)
        {
            throw heap.Realm.Fail("buildRootObject() must return ephemeral, not virtual/durable object");
        }

        watchers.Resume();
        heap.References.Register(ReferenceTable.Root, rootObject);
        heap.References.Export(ReferenceTable.Root);
        heap.Handles.RequireAllDefined();
    }

    private JsValue Fail(JsValue reason)
    {
        _isSettled = true;
        _error = ErrorText.Of(heap, reason);
        return JsValue.Undefined;
    }
}
