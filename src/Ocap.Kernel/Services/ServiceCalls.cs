using System.Text.Json;
using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Store;
using Ocap.Marshal;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Services;

/// <summary>
/// Calls of services under way. The commit that takes the message off the queue writes <c>serviceCall.&lt;N&gt;</c>, which holds what the call mentions, and
/// gives the result to the kernel to decide; once that is durable the service is called, at most once (K17, K18); its answer is a commit of its own. A call
/// that a process did not live to answer is rejected by the next: whether it had an effect, nobody knows.
/// </summary>
internal sealed class ServiceCalls(KernelCore core)
{
    internal const string Prefix = "serviceCall.";

    /// <summary>Calls of one service that may be under way: each costs memory for as long as the service likes.</summary>
    internal const int MostAtOnce = 10_000;

    private const string MethodNames = "__getMethodNames__";

    internal static readonly CapData Lost = KernelError.Make(
        KernelErrorCode.DeliveryFailed, "The daemon was restarted before the kernel service answered; whether it did what was asked is not known");

    private readonly Dictionary<long, StartedCall> _running = [];
    private readonly Dictionary<KRef, int> _perService = [];
    private long _next = 1;

    /// <summary>Calls under way.</summary>
    internal int Count => _running.Count;

    /// <summary>Takes a message to an object of the kernel's as part of the commit that consumes it: it is answered at once, or becomes a call.</summary>
    internal void Take(Commit commit, KRef target, Message message)
    {
        string? method = Methargs.Method(message.Methargs);
        if (core.Services.At(target) is not { } found)
        {
            Reject(commit, message, $"The kernel service behind {target} is not available");
        }
        else if (method is null)
        {
            Reject(commit, message, $"The message to the kernel service \"{found.Name}\" cannot be read");
        }
        else if (string.Equals(method, MethodNames, StringComparison.Ordinal))
        {
            Settle(commit, message.Result, false, PassableWriter.Write(new Passable.List([.. Names(found.Service).Select(static name => new Passable.Text(name))])));
        }
        else if (!found.Service.Methods.Contains(method, StringComparer.Ordinal))
        {
            string names = string.Join(',', Names(found.Service).Select(SmallcapsText.QuoteJson));
            Reject(commit, message, $"target has no method {SmallcapsText.QuoteJson(method)}, has [{names}]");
        }
        else if (_perService.GetValueOrDefault(target) >= MostAtOnce)
        {
            Reject(commit, message, $"The kernel service \"{found.Name}\" has {MostAtOnce} calls that it has not answered; try again later");
        }
        else
        {
            Begin(commit, target, message, found.Service, method);
        }
    }

    /// <summary>Calls become part of the state: each is made when that is durable.</summary>
    internal void Merged(IReadOnlyList<StartedCall> calls)
    {
        foreach (StartedCall call in calls)
        {
            _running.Add(call.Id, call);
            _perService[call.Target] = _perService.GetValueOrDefault(call.Target) + 1;
            core.Answer(() => core.Powers.Post(() => Invoke(call)));
        }
    }

    /// <summary>
    /// What is answered from now on is no matter: the state has been wiped (K13), or the kernel stops, and the next one rejects what is left.
    /// </summary>
    internal void Clear()
    {
        _running.Clear();
        _perService.Clear();
    }

    /// <summary>Rejects what the last process did not live to answer. At the start, before anything is called.</summary>
    internal static void RejectLost(KernelCore core)
    {
        Commit commit = core.Begin();
        foreach ((string key, string json) in commit.Writes.Scan(Prefix).OrderBy(static row => row.Key.Length).ThenBy(static row => row.Key, StringComparer.Ordinal))
        {
            StoredCall call = StoredCall.Read(json);
            commit.RejectResult(call.Result, Lost);
            commit.Writes.Delete(key);
            Release(commit, call);
        }

        core.Merge(commit);
    }

    private void Begin(Commit commit, KRef target, Message message, IKernelService service, string method)
    {
        long id = _next++;
        var stored = new StoredCall(target, [.. message.Methargs.Slots.Distinct(StringComparer.Ordinal).Select(KRef.Parse)], message.Result);
        foreach (KRef held in stored.Held)
        {
            commit.Hold(held);
        }

        commit.Writes.Create(Key(id), stored.Write());
        if (message.Result is { } result)
        {
            commit.Promises.SetDecider(result, Endpoint.Kernel);
        }

        var call = new ServiceCall(method, message.Methargs, answer => core.Powers.Post(() => Answered(id, answer)));
        commit.Called.Add(new StartedCall(id, target, stored, service, call));
    }

    private void Invoke(StartedCall started)
    {
        if (!_running.ContainsKey(started.Id))
        {
            return;
        }

        try
        {
            started.Service.Invoke(started.Call);
        }
        catch (Exception failed)
        {
            started.Call.Reject(failed.Message);
        }

        started.Call.ForgetArguments();
    }

    private void Answered(long id, ServiceAnswer answer)
    {
        if (!_running.TryGetValue(id, out StartedCall? call))
        {
            answer.Received?.Invoke(false);
            return;
        }

        if (answer.Received is not null && call.Stored.Result is { } awaited && StartingAsker(awaited) is { } lane)
        {
            // Its new heap knows this promise no more, unless it watches it: that is known when it has started.
            lane.StartWaiters.Add(_ => Answered(id, answer));
            return;
        }

        _running.Remove(id);

        if (--_perService[call.Target] == 0)
        {
            _perService.Remove(call.Target);
        }

        bool isReceived = false;
        try
        {
            isReceived = Finish(call, answer);
        }
        catch (KernelStoreException unreadable)
        {
            core.Powers.Fatal(unreadable.Message);
        }
        catch (Exception broken)
        {
            core.Powers.Log("error", $"Kernel invariant broken in the answer of {call.Target}: {broken}");
            if (call.Stored.Result is { } result)
            {
                core.TellWaiter(result, KernelError.Make(KernelErrorCode.DeliveryFailed, "The kernel could not take the answer in; see the daemon's log"));
            }
        }

        answer.Received?.Invoke(isReceived);
    }

    /// <summary>A vat that waits for a promise and has lost its heap, and has no new one yet. While its last crank is committed in pieces it may be about to subscribe.</summary>
    private Lane? StartingAsker(KRef promise)
    {
        WriteSet view = core.View();
        return new PromiseTable(view).Subscribers(promise).Select(core.Lanes.Find)
            .Concat(core.LargeCranks.Lanes.Where(lane => new CList(view, lane.Vat).ToVat(promise) is not null))
            .FirstOrDefault(static lane => lane is { State: LaneState.Asleep or LaneState.Starting } or { State: LaneState.Running, Worker: null });
    }

    /// <summary>The commit of an answer. False when there was nobody left to receive it.</summary>
    private bool Finish(StartedCall call, ServiceAnswer answer)
    {
        Commit commit = core.Begin();
        bool isReceived = call.Stored.Result is { } result && IsAwaited(commit, result);
        if (call.Stored.Result is { } promise && commit.Promises.State(promise) == PromiseState.Unresolved)
        {
            // What nobody receives must still come to an end, or the promise would stay for ever.
            CapData? refusal = isReceived ? Refusal(commit, answer.Value) : null;
            commit.Settle(promise, refusal is not null || answer.IsRejected, refusal ?? (isReceived ? answer.Value : CapData.Undefined), null);
        }

        commit.Writes.Delete(Key(call.Id));
        Release(commit, call.Stored);
        core.Merge(commit);
        return isReceived;
    }

    /// <summary>Whether anybody but the call itself knows its result: a vat, a queued message, a value, or somebody outside.</summary>
    private bool IsAwaited(Commit commit, KRef result)
    {
        const int OfTheCallAndOfBeingUnsettled = 2;
        return core.Waiters.ContainsKey(result) || commit.Promises.Count(result) > OfTheCallAndOfBeingUnsettled;
    }

    /// <summary>K7: what a service names must be there to be named.</summary>
    private CapData? Refusal(Commit commit, CapData value) =>
        value.Slots.Select(slot => KRef.TryParse(slot, out KRef kref)
            ? Admission.Refusal(core, commit, kref)
            : KernelError.Make(KernelErrorCode.DeliveryFailed, $"not a valid KRef: {SmallcapsText.QuoteJson(slot)}")).FirstOrDefault(static refusal => refusal is not null);

    private static void Release(Commit commit, StoredCall call)
    {
        foreach (KRef held in call.Held)
        {
            commit.Release(held);
        }
    }

    private static void Reject(Commit commit, Message message, string why) =>
        Settle(commit, message.Result, true, KernelError.Make(KernelErrorCode.DeliveryFailed, why));

    private static void Settle(Commit commit, KRef? result, bool isRejected, CapData value)
    {
        if (result is { } promise)
        {
            commit.Settle(promise, isRejected, value, null);
        }
    }

    private static IEnumerable<string> Names(IKernelService service) => service.Methods.Append(MethodNames).Order(StringComparer.Ordinal);

    private static string Key(long id) => Prefix + Counter.Text(id);
}

/// <summary>A call that is part of the state.</summary>
internal sealed record StartedCall(long Id, KRef Target, StoredCall Stored, IKernelService Service, ServiceCall Call);
