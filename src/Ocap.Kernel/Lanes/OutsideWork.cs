using Ocap.Kernel.Outside;
using Ocap.Kernel.Syscalls;
using Ocap.Kernel.Vats;

namespace Ocap.Kernel.Lanes;

/// <summary>
/// What the present heap of a vat has asked of the outside world, and what has come back but was not delivered yet. In memory only, and gone with the
/// heap (K13): an event finds its way into the vat only while the request that it belongs to is wanted (K19).
/// </summary>
internal sealed class OutsideWork
{
    /// <summary>Requests of one vat that may be under way. The vat's own side keeps to it; more is a breach.</summary>
    internal const int MostRequests = 10_000;

    /// <summary>Files that may be read at once: their contents wait in memory.</summary>
    internal const int MostReads = 8;

    private readonly Dictionary<long, OutsideRequest> _wanted = [];
    private readonly Queue<(long Arrival, long Id, OutsideRequest Request, OutsideEvent Event)> _arrived = new();
    private IVatOutside? _world;

    /// <summary>When the oldest event that is still wanted arrived, or null when there is none.</summary>
    internal long? OldestArrival
    {
        get
        {
            while (_arrived.TryPeek(out var next))
            {
                if (IsWanted(next.Request))
                {
                    return next.Arrival;
                }

                _arrived.Dequeue();
            }

            return null;
        }
    }

    internal bool IsWanted(OutsideRequest request) => _wanted.TryGetValue(request.Id, out OutsideRequest? wanted) && ReferenceEquals(wanted, request);

    /// <summary>Takes over the outside world of a new heap.</summary>
    internal void Open(IVatOutside world) => _world = world;

    /// <summary>Checks what a crank asks for before anything of it is done.</summary>
    /// <exception cref="IllegalSyscallException">It asks for what no sound vat asks for.</exception>
    internal void Require(IReadOnlyList<OutsideRequest> requests)
    {
        if (requests.Count == 0)
        {
            return;
        }

        int more = 0, reads = _wanted.Values.Count(static wanted => wanted is ReadFile);
        HashSet<long> asked = [];
        foreach (OutsideRequest request in requests)
        {
            switch (request)
            {
                case CancelRequest or ContinueFetch:
                    break;
                case StartTimer { Milliseconds: < 0 }:
                    throw new IllegalSyscallException($"timer {request.Id} is to fire in the past");
                case var _ when _wanted.ContainsKey(request.Id) || !asked.Add(request.Id):
                    throw new IllegalSyscallException($"request {request.Id} to the outside is still under way");
                default:
                    more++;
                    reads += request is ReadFile ? 1 : 0;
                    break;
            }
        }

        if (_wanted.Count + more > MostRequests)
        {
            throw new IllegalSyscallException($"more than {MostRequests} requests to the outside are under way");
        }

        if (reads > MostReads)
        {
            throw new IllegalSyscallException($"more than {MostReads} files are being read");
        }
    }

    /// <summary>Asks for what a committed crank asked for: at once, save what others could see, which waits until the commit is durable (K17).</summary>
    internal void Begin(IReadOnlyList<OutsideRequest> requests, Action<Action> whenDurable)
    {
        foreach (OutsideRequest request in requests)
        {
            switch (request)
            {
                case CancelRequest:
                    if (_wanted.Remove(request.Id))
                    {
                        _world?.Begin(request);
                    }

                    break;
                case ContinueFetch:
                    if (_wanted.ContainsKey(request.Id))
                    {
                        _world?.Begin(request);
                    }

                    break;
                case StartFetch:
                    _wanted[request.Id] = request;
                    whenDurable(() => BeginWanted(request));
                    break;
                default:
                    _wanted[request.Id] = request;
                    _world?.Begin(request);
                    break;
            }
        }
    }

    /// <summary>Something came of a request.</summary>
    internal void Arrived(long arrival, long id, OutsideEvent happening)
    {
        if (_wanted.TryGetValue(id, out OutsideRequest? request))
        {
            _arrived.Enqueue((arrival, id, request, happening));
        }
    }

    /// <summary>
    /// The oldest event that is still wanted, as a delivery. A repeating timer is set anew only now: a vat that is busy is told once, however long it was,
    /// and no vat can keep the kernel busy with firings.
    /// </summary>
    internal DeliverOutside? Take()
    {
        if (OldestArrival is null)
        {
            return null;
        }

        (_, long id, OutsideRequest request, OutsideEvent happening) = _arrived.Dequeue();
        if (request is StartTimer { Repeats: true })
        {
            _world?.Begin(request);
        }
        else if (happening.IsLast)
        {
            _wanted.Remove(id);
        }

        return new DeliverOutside(id, happening);
    }

    /// <summary>Gives everything up: the heap is gone.</summary>
    internal void End()
    {
        _world?.End();
        _world = null;
        _wanted.Clear();
        _arrived.Clear();
    }

    private void BeginWanted(OutsideRequest request)
    {
        if (IsWanted(request))
        {
            _world?.Begin(request);
        }
    }
}
