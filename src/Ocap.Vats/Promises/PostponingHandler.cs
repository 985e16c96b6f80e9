using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Ocap.Vats.Promises;

/// <summary>The handler of a handled promise that was given none: operations wait until the promise is resolved, then start anew.</summary>
internal sealed class PostponingHandler(HandledPromises promises) : IPromiseHandler
{
    private ObjectInstance? _interlock;
    private Action<JsValue>? _release;
    private bool _released;

    public JsValue Perform(JsValue target, EventualSend send)
    {
        if (_interlock is null)
        {
            (_interlock, _release, _) = promises.NewPlainPromise();
            if (_released)
            {
                _release(JsValue.Undefined);
            }
        }

        HandledDeferred answer = promises.NewDeferred(handler: null);
        JsValue started = promises.Then(
            _interlock,
            _ =>
            {
                answer.Resolve(promises.Start(target, send));
                return JsValue.Undefined;
            });
        promises.Catch(started, reason =>
        {
            answer.Reject(reason);
            return JsValue.Undefined;
        });
        return answer.Promise;
    }

    internal void Release()
    {
        _released = true;
        _release?.Invoke(JsValue.Undefined);
    }
}
