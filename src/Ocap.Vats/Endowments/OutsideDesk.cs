using Jint.Native;
using Jint.Runtime;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Vats;
using Ocap.Vats.Global;

namespace Ocap.Vats.Endowments;

/// <summary>Where a vat's code leaves what it asks of the outside world in a crank, and where what comes of it finds whom to tell.</summary>
internal sealed class OutsideDesk(VatEngine engine, Action<JsValue> uncaught) : IDisposable
{
    private const int MostRequests = 9_000;

    private readonly Dictionary<long, Action<long, OutsideEvent>> _waiting = [];
    private readonly HashSet<long> _takenBack = [];
    private readonly List<IDisposable> _kept = [];
    private List<OutsideRequest> _asked = [];
    private long _last;
    private long _lastOfEarlier;

    /// <summary>Asks for something when the crank is kept; <paramref name="told"/> is called with each thing that comes of it, in a crank of its own.</summary>
    internal long Ask(Func<long, OutsideRequest> request, Action<long, OutsideEvent> told)
    {
        if (_waiting.Count >= MostRequests)
        {
            throw new JavaScriptException((Jint.Native.Error.ErrorConstructor)engine.Engine.Global.Object("RangeError"), $"A vat may have {MostRequests} timers and requests under way");
        }

        _waiting.Add(++_last, told);
        _asked.Add(request(_last));
        return _last;
    }

    /// <summary>The next piece of a response's body may come.</summary>
    /// <param name="id">The request's.</param>
    /// <param name="hasRest">See <see cref="ContinueFetch.HasRest"/>.</param>
    internal void Continue(long id, bool hasRest) => _asked.Add(new ContinueFetch(id) { HasRest = hasRest });

    /// <summary>Lets go of something with the vat's heap.</summary>
    internal void Keep(IDisposable thing) => _kept.Add(thing);

    /// <summary>What was asked for under this id is no longer wanted; nobody is told of it any more. What this crank has asked for itself never leaves the vat.</summary>
    internal void Cancel(long id)
    {
        if (!_waiting.Remove(id))
        {
            return;
        }

        if (id > _lastOfEarlier)
        {
            _takenBack.Add(id);
        }
        else
        {
            _asked.Add(new CancelRequest(id));
        }
    }

    /// <summary>Nothing more will come of what was asked for under this id.</summary>
    internal void Finished(long id) => _waiting.Remove(id);

    /// <summary>Code of the vat that nobody waits for has thrown.</summary>
    internal void Uncaught(JsValue thrown) => uncaught(thrown);

    internal void Deliver(DeliverOutside delivery)
    {
        if (!_waiting.TryGetValue(delivery.Id, out Action<long, OutsideEvent>? told))
        {
            return;
        }

        JsValue? thrown = null;
        try
        {
            told(delivery.Id, delivery.Event);
        }
        catch (JavaScriptException error)
        {
            // It is shown below, when the stack has been unwound.
            thrown = error.Error;
        }

        if (thrown is not null)
        {
            uncaught(thrown);
        }
    }

    public void Dispose()
    {
        foreach (IDisposable thing in _kept)
        {
            thing.Dispose();
        }
    }

    internal IReadOnlyList<OutsideRequest> Take()
    {
        List<OutsideRequest> taken = _asked;
        if (_takenBack.Count > 0)
        {
            taken.RemoveAll(request => _takenBack.Contains(request.Id));
            _takenBack.Clear();
        }

        _asked = [];
        _lastOfEarlier = _last;
        return taken;
    }
}
