using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Marshal;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Liveslots;

/// <summary>The first delivery: tables from the store, then the vat's code, then its root object.</summary>
internal sealed class VatStart(VatHeap heap, VatPowers powers, DurableTables tables)
{
    private bool _isSettled;
    private string? _error;

    /// <summary>Runs the vat's code up to the promise that <c>buildRootObject</c> returned.</summary>
    internal void Begin(CapData parameters, Func<JsValue> evaluateBundle)
    {
        heap.Ids.Load();
        heap.Kinds.Load();
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
        _isSettled = true;
        try
        {
            Accept(root);
        }
        catch (JavaScriptException error)
        {
            _error = ErrorText.Of(heap, error.Error);
        }

        return JsValue.Undefined;
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

        heap.References.Register("o+0", rootObject);
        heap.References.Export("o+0");
        RequireKindsDefined();
    }

    /// <summary>A durable kind whose behavior this incarnation has not defined would leave its instances dead.</summary>
    private void RequireKindsDefined()
    {
        List<string> missing = [];
        foreach (string key in heap.Store.KeysWithPrefix("vom.dkind."))
        {
            if (key.EndsWith(".descriptor", StringComparison.Ordinal) && JsonTree.Parse(heap.Store.Require(key)) is JsonTree.Record record && record["tag"] is JsonTree.Text tag)
            {
                missing.Add(tag.Value);
            }
        }

        if (missing.Count > 0)
        {
            throw heap.Realm.Fail($"defineDurableKind not called for tags: [{string.Join(',', missing)}]");
        }
    }

    private JsValue Fail(JsValue reason)
    {
        _isSettled = true;
        _error = ErrorText.Of(heap, reason);
        return JsValue.Undefined;
    }
}
