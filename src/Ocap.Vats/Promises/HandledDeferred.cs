using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Ocap.Vats.Promises;

/// <summary>A handled promise and the powers to settle it. The first settlement counts.</summary>
internal sealed class HandledDeferred
{
    private readonly HandledPromises _promises;
    private readonly PostponingHandler? _postponing;
    private readonly IPromiseHandler _handler;
    private readonly JsValue _resolve;
    private readonly JsValue _reject;
    private bool _resolved;
    private JsValue _target = JsValue.Null;

    internal HandledDeferred(HandledPromises promises, IPromiseHandler? handler, JsValue newTarget)
    {
        _promises = promises;
        _postponing = handler is null ? new PostponingHandler(promises) : null;
        _handler = handler ?? _postponing!;
        JsValue resolve = JsValue.Undefined, reject = JsValue.Undefined;
        JsValue executor = promises.Realm.Function("", 2, (_, arguments) =>
        {
            (resolve, reject) = (arguments[0], arguments[1]);
            return JsValue.Undefined;
        });
        Promise = promises.Realm.Harden(promises.Realm.Promise.Construct([executor], newTarget));
        (_resolve, _reject) = (resolve, reject);
        promises.State(Promise).Pending = _handler;
    }

    internal ObjectInstance Promise { get; }

    internal void Resolve(JsValue value)
    {
        if (_resolved)
        {
            return;
        }

        RequireUnforwarded();
        JsValue thrown;
        try
        {
            ResolveHandled(value);
            return;
        }
        catch (JavaScriptException error)
        {
            // The rejection is below, when the stack has been unwound.
            thrown = error.Error;
        }

        Reject(thrown);
    }

    internal void Reject(JsValue reason)
    {
        if (_resolved)
        {
            return;
        }

        _promises.Realm.Harden(reason);
        RequireUnforwarded();
        _promises.State(Promise).Pending = null;
        _resolved = true;
        _reject.Call(JsValue.Undefined, [reason]);
        _postponing?.Release();
    }

    /// <summary>Resolves to a presence (a new one, or the given proxy) whose operations the handler performs from now on.</summary>
    internal JsValue ResolveWithPresence(IPromiseHandler? presenceHandler, Func<ObjectInstance>? makePresence)
    {
        if (_resolved)
        {
            return _target;
        }

        RequireUnforwarded();
        JavaScriptException thrown;
        try
        {
            ObjectInstance presence = makePresence?.Invoke() ?? _promises.Realm.NewBare();
            _target = presence;
            HandledState state = _promises.State(presence);
            (state.PresencePromise, state.PresenceHandler) = (Promise, presenceHandler ?? _handler);
            _promises.State(Promise).Presence = presence;
            ResolveHandled(presence);
            return presence;
        }
        catch (JavaScriptException error)
        {
            thrown = error;
        }

        Reject(thrown.Error);
        throw thrown;
    }

    private void ResolveHandled(JsValue value)
    {
        value = _promises.Shorten(value);
        HandledState? state = _promises.KnownState(value);
        HandledState own = _promises.State(Promise);
        ObjectInstance? target = null;
        if (state is { Pending: not null } or { Presence: not null })
        {
            target = (ObjectInstance)value;
        }
        else
        {
            own.Pending = null;
            target = state?.PresencePromise;
        }

        if (ReferenceEquals(target, Promise))
        {
            // Resolved to itself, it is about to be rejected. Whoever waited for it must not be sent round to it for ever, as the reference's are.
            (own.Pending, target) = (null, null);
        }

        own.ForwardedTo = target;
        _promises.Shorten(Promise);
        _resolve.Call(JsValue.Undefined, [value]);
        _resolved = true;
        _target = value;
        _postponing?.Release();
    }

    private void RequireUnforwarded()
    {
        if (_promises.KnownState(Promise)?.ForwardedTo is not null)
        {
            throw _promises.Realm.Fail("internal: already forwarded", "TypeError");
        }
    }
}
