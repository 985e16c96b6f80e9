using Ocap.Kernel.Services;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Tests.Model;

/// <summary>A service that answers when it likes, in any order, sometimes twice, sometimes with what it only guesses; and not before what asked for it is durable.</summary>
internal sealed class ModelService(Random random, MessageLog log, HeldStore store) : IKernelService
{
    private static readonly string[] Message = ["m"];
    private readonly List<(ServiceCall Call, IReadOnlyList<string> Slots)> _waiting = [];

    public IReadOnlyCollection<string> Methods => Message;

    /// <summary>Calls it got.</summary>
    internal int Called { get; private set; }

    internal bool HasWaiting => _waiting.Count > 0;

    public void Invoke(ServiceCall call)
    {
        log.Delivered("service", call.Message.Body);
        _waiting.Add((call, call.Message.Slots));
        Called++;
        if (!store.Scan(ServiceCalls.Prefix).Any())
        {
            log.Problems.Add($"{call.Message.Body} reached a service before it was durable");
        }
    }

    internal void AnswerOne()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        int picked = random.Next(_waiting.Count);
        (ServiceCall call, IReadOnlyList<string> slots) = _waiting[picked];
        if (random.Next(8) > 0)
        {
            _waiting.RemoveAt(picked);
        }

        switch (random.Next(5))
        {
            case 0:
                call.Reject("no");
                break;
            case 1:
                call.Fulfill(new Passable.Remotable($"ko{random.Next(1, 30)}", Passable.Remotable.NoIface));
                break;
            case 2 when slots.Count > 0:
                call.Fulfill(new Passable.List([.. slots.Select(Reference)]), static _ => { });
                break;
            default:
                call.Fulfill(Passable.Undefined);
                break;
        }
    }

    private static Passable Reference(string slot) =>
        slot.StartsWith("kp", StringComparison.Ordinal) ? new Passable.Promise(slot) : new Passable.Remotable(slot, Passable.Remotable.NoIface);
}
