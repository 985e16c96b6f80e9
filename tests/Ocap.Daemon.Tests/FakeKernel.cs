using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Subclusters;
using Ocap.Marshal;

namespace Ocap.Daemon.Tests;

/// <summary>A kernel that writes down what it is asked and answers what the test says, at once unless told to hold.</summary>
internal sealed class FakeKernel : IKernelApi
{
    private readonly Lock _gate = new();
    private readonly List<string> _asked = [];
    private readonly List<Action> _unwritten = [];
    private readonly List<(string Label, Action Release)> _held = [];

    /// <summary>What it was asked, in order.</summary>
    internal string[] Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    internal Answer<KernelStatus> Status { get; set; } = Answer<KernelStatus>.Ok(new KernelStatus([], []));

    internal Answer<LaunchResult> Launch { get; set; } = Answer<LaunchResult>.Ok(new LaunchResult(new SubclusterId(1), KRef.Object(4), CapData.Undefined));

    internal Answer<Done> Finish { get; set; } = Answer<Done>.Ok(default);

    internal Func<KRef, CapData, Answer<Settlement>> Settle { get; set; } = (_, methargs) => Answer<Settlement>.Ok(new Settlement(false, methargs));

    internal Answer<bool> Revoked { get; set; } = Answer<bool>.Ok(false);

    internal Answer<string> Issued { get; set; } = Answer<string>.Ok("ocap:z1@x");

    internal Answer<KRef> Redeemed { get; set; } = Answer<KRef>.Ok(KRef.Object(4));

    internal ClusterConfig? Launched { get; private set; }

    /// <summary>While true, answers to messages wait for <see cref="Release"/>.</summary>
    internal bool Holds { get; set; }

    /// <summary>While true, nothing is on disk before <see cref="Write"/>.</summary>
    internal bool HoldsWrites { get; set; }

    /// <summary>While true, nothing is answered, ever.</summary>
    internal bool HoldsAll { get; set; }

    /// <summary>Lets the answer go of the message whose methargs contain the text.</summary>
    internal void Release(string label)
    {
        (string Label, Action Release) held;
        lock (_gate)
        {
            held = _held.Find(entry => entry.Label.Contains(label, StringComparison.Ordinal));
            _held.Remove(held);
        }

        held.Release();
    }

    public void GetStatus(Action<Answer<KernelStatus>> answer) => Reply("getStatus", answer, Status);

    public void LaunchSubcluster(ClusterConfig config, Action<Answer<LaunchResult>> answer)
    {
        Launched = config;
        Reply("launchSubcluster", answer, Launch);
    }

    public void TerminateSubcluster(SubclusterId subcluster, Action<Answer<Done>> answer) => Reply($"terminateSubcluster {subcluster}", answer, Finish);

    public void PingVat(VatId vat, Action<Answer<Done>> answer) => Reply($"pingVat {vat}", answer, Finish);

    public void RestartVat(VatId vat, Action<Answer<Done>> answer) => Reply($"restartVat {vat}", answer, Finish);

    public void TerminateVat(VatId vat, Action<Answer<Done>> answer) => Reply($"terminateVat {vat}", answer, Finish);

    public void TerminateAllVats(Action<Answer<Done>> answer) => Reply("terminateAllVats", answer, Finish);

    public void QueueMessage(KRef target, CapData methargs, Action<Answer<Settlement>> answer)
    {
        Note($"queueMessage {target} {methargs.Body}");
        if (HoldsAll)
        {
            return;
        }

        if (Holds)
        {
            lock (_gate)
            {
                _held.Add((methargs.Body, () => answer(Settle(target, methargs))));
            }
        }
        else
        {
            answer(Settle(target, methargs));
        }
    }

    public void CollectGarbage(Action<Answer<Done>> answer) => Reply("collectGarbage", answer, Finish);

    public void ClearState(Action<Answer<Done>> answer) => Reply("clearState", answer, Finish);

    public void Revoke(KRef target, Action<Answer<Done>> answer) => Reply($"revoke {target}", answer, Finish);

    public void IsRevoked(KRef target, Action<Answer<bool>> answer) => Reply($"isRevoked {target}", answer, Revoked);

    public void IssueOcapUrl(KRef target, Action<Answer<string>> answer) => Reply($"issueOcapURL {target}", answer, Issued);

    public void RedeemOcapUrl(string url, Action<Answer<KRef>> answer) => Reply($"redeemOcapURL {url}", answer, Redeemed);

    public void GetSystemSubclusterRoot(string name, Action<Answer<KRef>> answer) => Reply($"getSystemSubclusterRoot {name}", answer, Redeemed);

    public void RecordIdentity(string peerId, Action<Answer<Done>> answer) => Reply("recordIdentity", answer, Finish);

    public void Sync(Action<Answer<Done>> answer)
    {
        if (HoldsWrites)
        {
            lock (_gate)
            {
                _asked.Add("sync");
                _unwritten.Add(() => answer(Finish));
            }
        }
        else
        {
            Reply("sync", answer, Finish);
        }
    }

    /// <summary>Says that everything so far is on disk.</summary>
    internal void Write()
    {
        Action[] written;
        lock (_gate)
        {
            written = [.. _unwritten];
            _unwritten.Clear();
        }

        Array.ForEach(written, static action => action());
    }

    private void Reply<T>(string asked, Action<T> answer, T value)
    {
        Note(asked);
        if (!HoldsAll)
        {
            answer(value);
        }
    }

    private void Note(string asked)
    {
        lock (_gate)
        {
            _asked.Add(asked);
        }
    }
}
