using Ocap.Kernel.Api;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Operations;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Urls;
using Ocap.Marshal;

namespace Ocap.Kernel;

/// <content>What the outside may ask. Each request is a commit of its own (K14); one that the disk would have to refuse is refused at once (K16).</content>
public sealed partial class KernelLoop : IKernelApi
{
    private const string Stopping = "The daemon is stopping; try again when it has started anew.";

    /// <inheritdoc />
    public void GetStatus(Action<Answer<KernelStatus>> answer) => Request(answer, () =>
    {
        WriteSet view = _core.View();
        VatStatus[] vats = [.. _core.Lanes.All.Select(static lane => new VatStatus(lane.Vat, lane.Config, lane.Subcluster, StateOf(lane), lane.Reason) { Name = lane.Name, Usage = lane.Usage })];
        SubclusterStatus[] subclusters = [.. new SubclusterTable(view).All().Select(static record => new SubclusterStatus(record.Id, record.Config, record.Vats))];
        _core.Answer(() => answer(Answer<KernelStatus>.Ok(new KernelStatus(vats, subclusters))));
    });

    /// <inheritdoc />
    public void LaunchSubcluster(ClusterConfig config, Action<Answer<LaunchResult>> answer) =>
        Request(answer, () => Launch.Run(_core, config, answer));

    /// <inheritdoc />
    public void TerminateSubcluster(SubclusterId subcluster, Action<Answer<Done>> answer) =>
        Request(answer, () => Termination.Subcluster(_core, subcluster, answer));

    /// <inheritdoc />
    public void PingVat(VatId vat, Action<Answer<Done>> answer) => Request(answer, () => Operations.RestartVat.Ping(_core, vat, answer));

    /// <inheritdoc />
    public void RestartVat(VatId vat, Action<Answer<Done>> answer) => Request(answer, () => Operations.RestartVat.Run(_core, vat, answer));

    /// <inheritdoc />
    public void TerminateVat(VatId vat, Action<Answer<Done>> answer) => Request(answer, () => Termination.Vat(_core, vat, answer));

    /// <inheritdoc />
    public void TerminateAllVats(Action<Answer<Done>> answer) => Request(answer, () => Termination.AllVats(_core, answer));

    /// <inheritdoc />
    public void QueueMessage(KRef target, CapData methargs, Action<Answer<Settlement>> answer) =>
        Request(answer, () => Operations.QueueMessage.Run(_core, target, methargs, answer));

    /// <inheritdoc />
    public void CollectGarbage(Action<Answer<Done>> answer)
    {
        void Done(string? failure) => _core.Answer(() => answer(failure is null ? Answer<Done>.Ok(default) : Answer<Done>.Fail(failure)));
        Request(answer, () => _core.Cleanup.WhenDone(failure =>
        {
            if (failure is null)
            {
                _core.Reaping.AskAll(Done);
            }
            else
            {
                Done(failure);
            }
        }));
    }

    /// <inheritdoc />
    public void ClearState(Action<Answer<Done>> answer) => Request(answer, () => Operations.ClearState.Run(_core, answer));

    /// <inheritdoc />
    public void Revoke(KRef target, Action<Answer<Done>> answer) => Request(answer, () =>
    {
        if (target.IsPromise)
        {
            _core.Answer(() => answer(Answer<Done>.Fail($"cannot revoke promise {target}")));
            return;
        }

        Commit commit = _core.Begin();
        if (commit.Objects.Exists(target))
        {
            // Marking what does not exist would revoke the object that gets this number one day.
            commit.Objects.Revoke(target);
            _core.Merge(commit);
        }

        Confirm(answer);
    });

    /// <inheritdoc />
    public void IsRevoked(KRef target, Action<Answer<bool>> answer) => Request(answer, () =>
    {
        bool revoked = !target.IsPromise && _core.Begin().Objects.IsRevoked(target);
        _core.Answer(() => answer(Answer<bool>.Ok(revoked)));
    });

    /// <inheritdoc />
    public void IssueOcapUrl(KRef target, Action<Answer<string>> answer) =>
        Request(answer, () => OcapUrlDesk.Issue(_core, target, issued => _core.Answer(() => answer(issued))));

    /// <inheritdoc />
    public void RedeemOcapUrl(string url, Action<Answer<KRef>> answer) =>
        Request(answer, () => OcapUrlDesk.Redeem(_core, url, redeemed => _core.Answer(() => answer(redeemed))));

    /// <inheritdoc />
    public void GetSystemSubclusterRoot(string name, Action<Answer<KRef>> answer) => Request(answer, () =>
    {
        KRef? root = SystemSubclusters.Root(_core.View(), name);
        _core.Answer(() => answer(root is { } kref ? Answer<KRef>.Ok(kref) : Answer<KRef>.Fail($"System subcluster \"{name}\" not found")));
    });

    /// <inheritdoc />
    public void RecordIdentity(string peerId, Action<Answer<Done>> answer) => Request(answer, () =>
    {
        if (!string.Equals(_core.State.Get("peerId"), peerId, StringComparison.Ordinal))
        {
            Commit commit = _core.Begin();
            commit.Writes.Put("peerId", peerId);
            _core.Merge(commit);
        }

        Confirm(answer);
    });

    /// <inheritdoc />
    public void Sync(Action<Answer<Done>> answer) => Request(answer, () => Confirm(answer));

    /// <summary>
    /// Takes no more work, lets the running cranks come to an end, and calls <paramref name="stopped"/> when everything committed is durable.
    /// Not gated by a full disk for ever: the caller bounds its patience.
    /// </summary>
    public void Stop(Action stopped)
    {
        if (_core.IsStopping)
        {
            return;
        }

        _core.IsStopping = true;
        _core.Reaping.Stop(Stopping);
        _core.Cleanup.Stop(Stopping);
        foreach (Launch launch in _core.Launches.ToArray())
        {
            launch.Fail("The daemon is stopping; the subcluster was not launched.");
        }

        _core.WhenIdle(_core.Lanes.All, () =>
        {
            foreach (Lane lane in _core.Lanes.All)
            {
                // One that breaks keeps neither the others from being ended nor the daemon from stopping.
                Guard($"ending {lane.Vat}", lane.EndWorker);
            }

            _core.Calls.Clear();
            _core.Io.EndAll();
            _core.Answer(stopped);
        });
    }

    private void Confirm(Action<Answer<Done>> answer) => _core.Answer(() => answer(Answer<Done>.Ok(default)));

    private void Request<T>(Action<Answer<T>> answer, Action run)
    {
        if (_core.Writer.Fault is { } fault)
        {
            answer(Answer<T>.Fail(fault));
            return;
        }

        if (_core.IsStopping)
        {
            answer(Answer<T>.Fail(Stopping));
            return;
        }

        _core.Attempt(answer, run);
    }

    private static VatState StateOf(Lane lane) => lane.State switch
    {
        LaneState.Running => VatState.Running,
        LaneState.Failed => VatState.Failed,
        _ => VatState.Starting,
    };
}
