using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Ocap.Vats.Marshal;

namespace Ocap.Vats.Promises;

/// <summary>
/// Eventual sends: operations on presences and on promises not yet settled, performed by handlers in a later turn.
/// The number of turns each step takes is that of @endo/eventual-send: the order of a vat's syscalls depends on it.
/// </summary>
internal sealed class HandledPromises
{
    private readonly ForwardingHandler _forwarding;

    internal HandledPromises(JsRealm realm, Quoting quoting)
    {
        Realm = realm;
        Quoting = quoting;
        Local = new LocalTarget(realm, quoting);
        _forwarding = new ForwardingHandler(this);
        Constructor = new HandledPromiseConstructor(this);
    }

    internal JsRealm Realm { get; }

    internal Quoting Quoting { get; }

    internal LocalTarget Local { get; }

    internal HandledPromiseConstructor Constructor { get; }

    internal static JsValue PropertyKey(JsValue specimen) => specimen.IsSymbol() ? specimen : TypeConverter.ToString(specimen);

    internal HandledState State(ObjectInstance value) => Realm.Notes.On(value).Handled ??= new HandledState();

    internal HandledState? KnownState(JsValue value) => value is ObjectInstance instance ? Realm.Notes.Of(instance)?.Handled : null;

    internal HandledDeferred NewDeferred(IPromiseHandler? handler) => new(this, handler, Constructor);

    internal (ObjectInstance Promise, Action<JsValue> Resolve, Action<JsValue> Reject) NewPlainPromise()
    {
        JsValue resolve = JsValue.Undefined, reject = JsValue.Undefined;
        ObjectInstance promise = Realm.Promise.Construct(
            [Realm.Function("", 2, (_, arguments) =>
            {
                (resolve, reject) = (arguments[0], arguments[1]);
                return JsValue.Undefined;
            })],
            Realm.Promise);
        return (promise, value => resolve.Call(JsValue.Undefined, [value]), reason => reject.Call(JsValue.Undefined, [reason]));
    }

    internal JsValue Then(JsValue promise, Func<JsValue, JsValue> onFulfilled, Func<JsValue, JsValue>? onRejected = null) => Realm.PromiseThen.Call(
        promise,
        [Reaction(onFulfilled), onRejected is null ? JsValue.Undefined : Reaction(onRejected)]);

    internal JsValue Catch(JsValue promise, Func<JsValue, JsValue> onRejected) => Realm.PromiseCatch.Call(promise, [Reaction(onRejected)]);

    /// <summary><c>HandledPromise.resolve</c>.</summary>
    internal JsValue Resolve(JsValue value)
    {
        JsValue promise = KnownState(value)?.PresencePromise ?? PlainResolve(value);
        Realm.Harden(promise);
        if (IsSafe((ObjectInstance)promise))
        {
            return promise;
        }

        JsValue later = Then(PlainResolve(JsValue.Undefined), _ =>
        {
            HandledDeferred deferred = NewDeferred(handler: null);
            JsValue resolve = Reaction(settled => Settle(deferred.Resolve, settled));
            JsValue reject = Reaction(reason => Settle(deferred.Reject, reason));
            ((ObjectInstance)promise).Get("then").Call(promise, [resolve, reject]);
            return deferred.Promise;
        });
        return Realm.Harden(later);
    }

    /// <summary><c>E.when</c>.</summary>
    internal JsValue When(JsValue value, Func<JsValue, JsValue> onFulfilled, Func<JsValue, JsValue>? onRejected = null) =>
        Then(Resolve(value), onFulfilled, onRejected);

    /// <summary>Starts an operation as the static methods of HandledPromise do.</summary>
    internal JsValue Start(JsValue target, EventualSend send)
    {
        JsValue[] arguments = send.Operation switch
        {
            HandlerOperation.Get => [PropertyKey(send.Property)],
            HandlerOperation.ApplyFunction => [CopyArray(send.ArgumentArray)],
            _ => [PropertyKey(send.Property), CopyArray(send.ArgumentArray)],
        };
        JsValue answer = Handle(target, send with { Arguments = arguments, Returned = JsValue.Undefined }, ownsAnswer: true);
        if (!send.SendOnly)
        {
            return answer;
        }

        Catch(answer, static _ => JsValue.Undefined);
        return JsValue.Undefined;
    }

    /// <summary>Sends an operation on its way and returns the promise for its answer.</summary>
    /// <param name="target">A presence, a promise, or anything else.</param>
    /// <param name="send">The operation.</param>
    /// <param name="ownsAnswer">Whether the handler is given the promise returned here, or <see cref="EventualSend.Returned"/> as it is.</param>
    internal JsValue Handle(JsValue target, EventualSend send, bool ownsAnswer)
    {
        // Promises that wait for each other can keep sends going round for ever without a statement of the vat's code.
        Realm.Engine.Constraints.Check();
        Realm.Harden(target);
        foreach (JsValue argument in send.Arguments)
        {
            Realm.Harden(argument);
        }

        HandledDeferred answer = NewDeferred(handler: null);
        EventualSend outbound = ownsAnswer ? send with { Returned = answer.Promise } : send;
        bool raceIsOver = false;

        void Win(IPromiseHandler handler, JsValue at)
        {
            if (raceIsOver)
            {
                return;
            }

            JsValue? thrown = null;
            try
            {
                EventualSend performed = outbound.SendOnly ? outbound with { Returned = JsValue.Undefined } : outbound;
                JsValue result = handler.Perform(at, performed);
                answer.Resolve(Realm.Harden(send.SendOnly ? JsValue.Undefined : result));
            }
            catch (JavaScriptException error)
            {
                // The rejection is below, when the stack has been unwound.
                thrown = error.Error;
            }

            if (thrown is not null)
            {
                answer.Reject(Realm.Harden(thrown));
            }

            raceIsOver = true;
        }

        JsValue Lose(JsValue reason)
        {
            if (!raceIsOver)
            {
                answer.Reject(Realm.Harden(reason));
                raceIsOver = true;
            }

            return JsValue.Undefined;
        }

        Catch(
            Then(Resolve(target), settled =>
            {
                Win(_forwarding, settled);
                return JsValue.Undefined;
            }),
            Lose);
        Catch(
            Then(Resolve(JsValue.Undefined), _ =>
            {
                JsValue shortened = Shorten(target);
                HandledState? state = KnownState(shortened);
                if (state?.Pending is { } pending)
                {
                    Win(pending, shortened);
                }
                else if (!TypeConverter.ToBoolean(shortened) || !Realm.Engine.GetValue(shortened, "then").IsCallable())
                {
                    Win(_forwarding, shortened);
                }
                else if (state?.Presence is { } presence)
                {
                    Win(_forwarding, presence);
                }

                return JsValue.Undefined;
            }),
            Lose);
        return Realm.Harden(answer.Promise);
    }

    /// <summary>Follows forwarded promises to the last, and makes the way shorter for the next time.</summary>
    internal JsValue Shorten(JsValue value)
    {
        if (KnownState(value) is not { ForwardedTo: not null } state)
        {
            return value;
        }

        var last = (ObjectInstance)value;
        while (KnownState(last)?.ForwardedTo is { } next)
        {
            last = next;
        }

        ObjectInstance? presence = KnownState(last)?.Presence;
        while (state is { ForwardedTo: { } next })
        {
            state.ForwardedTo = presence is null ? last : null;
            state.Pending = null;
            state.Presence = presence ?? state.Presence;
            state = ReferenceEquals(next, last) ? null : KnownState(next);
        }

        return last;
    }

    private static JsValue Settle(Action<JsValue> settle, JsValue value)
    {
        settle(value);
        return JsValue.Undefined;
    }

    internal JsValue PlainResolve(JsValue value) => Realm.PromiseResolve.Call(Realm.Promise, [value]);

    private bool IsSafe(ObjectInstance promise) =>
        Realm.IsPromise(promise) && ReferenceEquals(promise.Prototype, Realm.PromisePrototype) && JsRealm.IsFrozen(promise)
        && !promise.HasOwnProperty("then") && !promise.HasOwnProperty("constructor");

    private JsArray CopyArray(JsValue items) => new(Realm.Engine, Realm.Spread(items));

    private JsValue Reaction(Func<JsValue, JsValue> body) => Realm.Function("", 1, (_, arguments) => body(arguments.Length > 0 ? arguments[0] : JsValue.Undefined));

    /// <summary>What a settled target is asked: its handler when it is a presence, itself otherwise.</summary>
    private sealed class ForwardingHandler(HandledPromises promises) : IPromiseHandler
    {
        public JsValue Perform(JsValue target, EventualSend send) =>
            promises.KnownState(target)?.PresenceHandler is { } presenceHandler
                ? presenceHandler.Perform(target, send)
                : promises.Local.Perform(target, send);
    }
}
