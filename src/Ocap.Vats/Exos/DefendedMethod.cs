using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Exos;

/// <summary>One method of an object that liveslots stands before: it is called only on its own objects, with arguments and an answer that its guard lets pass.</summary>
/// <param name="label">What messages call it: <c>In "foo" method of (Thing)</c>.</param>
/// <param name="contextOf">The context of an object, or null when it is none of those the method belongs to.</param>
/// <param name="behavior">Runs what vat code wrote, given context and arguments.</param>
internal sealed class DefendedMethod(
    VatHeap heap, string label, Func<JsValue, JsValue?> contextOf, Func<JsValue, JsValue[], JsValue> behavior, MethodGuard guard)
{
    private readonly Throwables _throwables = new(heap);

    internal ObjectInstance Make() => heap.Realm.Function(label, 0, guard.IsAsync ? CallLater : Call);

    private JsValue Call(JsValue self, JsValue[] arguments)
    {
        JsValue thrown;
        try
        {
            JsValue context = Context(self);
            RequireArguments(arguments);
            return Returned(behavior(context, arguments));
        }
        catch (JavaScriptException error)
        {
            // It is looked at below, when the stack has been unwound.
            thrown = error.Error;
        }

        throw new JavaScriptException(_throwables.Of(thrown));
    }

    private JsValue CallLater(JsValue self, JsValue[] arguments)
    {
        JsRealm realm = heap.Realm;
        int[] awaited = [.. guard.Awaited.TakeWhile(index => index < arguments.Length)];
        JsValue all = realm.Promise.Get("all").Call(realm.Promise, [new JsArray(realm.Engine, [.. awaited.Select(index => arguments[index])])]);
        JsValue[] settled = [.. arguments];
        JsValue result = heap.Promises.When(all, values =>
        {
            JsValue[] items = realm.Spread(values);
            for (int i = 0; i < items.Length; i++)
            {
                settled[awaited[i]] = items[i];
            }

            // Only now, after all waiting: the object may have changed meanwhile.
            JsValue context = Context(self);
            RequireArguments(settled);
            return behavior(context, settled);
        });

        // As a promise and not thrown: that takes the reference two turns more.
        return heap.Promises.Catch(heap.Promises.When(result, Returned), reason => realm.Promise.Get("reject").Call(realm.Promise, [_throwables.Of(reason)]));
    }

    private JsValue Context(JsValue self)
    {
        if (!TypeConverter.ToBoolean(self))
        {
            throw heap.Realm.Fail($"Method {Quoting.Quote(label)} called without 'this' object");
        }

        return contextOf(self) ?? throw heap.Realm.Fail($"{Quoting.Quote(label)} may only be applied to a valid instance: {heap.Quoting.Quote(self)}");
    }

    private void RequireArguments(JsValue[] arguments)
    {
        if (guard.IsOpen)
        {
            return;
        }

        JsArray matchable = heap.Realm.Harden(new JsArray(heap.Realm.Engine, guard.Matchable(arguments)));
        heap.Patterns.Complaints.Labeled(label, () => heap.Patterns.Split.ConfirmArray(matchable, guard.Required, guard.Optional, guard.Rest, fail: true));
        if (!guard.HasRest && arguments.Length > guard.Declared)
        {
            JsValue given = new JsArray(heap.Realm.Engine, [.. arguments]);
            throw heap.Realm.Fail($"{Quoting.Quote(label)} accepts at most {guard.Declared} arguments, not {arguments.Length}: {heap.Quoting.Quote(given)}");
        }
    }

    private JsValue Returned(JsValue result)
    {
        if (!guard.ReturnIsRaw)
        {
            heap.Patterns.MustMatch(heap.Realm.Harden(result), guard.Returns, () => $"{label}: result");
        }

        return result;
    }
}
