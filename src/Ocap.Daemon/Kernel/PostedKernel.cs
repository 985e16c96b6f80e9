using Ocap.Kernel;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Subclusters;
using Ocap.Marshal;

namespace Ocap.Daemon.Kernel;

/// <summary>The kernel's interface for other threads: each call becomes an event on the kernel's thread, in the order made (K14).</summary>
internal sealed class PostedKernel(IKernelPowers thread, IKernelApi kernel) : IKernelApi
{
    public void GetStatus(Action<Answer<KernelStatus>> answer) => thread.Post(() => kernel.GetStatus(answer));

    public void LaunchSubcluster(ClusterConfig config, Action<Answer<LaunchResult>> answer) => thread.Post(() => kernel.LaunchSubcluster(config, answer));

    public void TerminateSubcluster(SubclusterId subcluster, Action<Answer<Done>> answer) => thread.Post(() => kernel.TerminateSubcluster(subcluster, answer));

    public void PingVat(VatId vat, Action<Answer<Done>> answer) => thread.Post(() => kernel.PingVat(vat, answer));

    public void RestartVat(VatId vat, Action<Answer<Done>> answer) => thread.Post(() => kernel.RestartVat(vat, answer));

    public void TerminateVat(VatId vat, Action<Answer<Done>> answer) => thread.Post(() => kernel.TerminateVat(vat, answer));

    public void TerminateAllVats(Action<Answer<Done>> answer) => thread.Post(() => kernel.TerminateAllVats(answer));

    public void QueueMessage(KRef target, CapData methargs, Action<Answer<Settlement>> answer) => thread.Post(() => kernel.QueueMessage(target, methargs, answer));

    public void CollectGarbage(Action<Answer<Done>> answer) => thread.Post(() => kernel.CollectGarbage(answer));

    public void ClearState(Action<Answer<Done>> answer) => thread.Post(() => kernel.ClearState(answer));

    public void Revoke(KRef target, Action<Answer<Done>> answer) => thread.Post(() => kernel.Revoke(target, answer));

    public void IsRevoked(KRef target, Action<Answer<bool>> answer) => thread.Post(() => kernel.IsRevoked(target, answer));

    public void IssueOcapUrl(KRef target, Action<Answer<string>> answer) => thread.Post(() => kernel.IssueOcapUrl(target, answer));

    public void RedeemOcapUrl(string url, Action<Answer<KRef>> answer) => thread.Post(() => kernel.RedeemOcapUrl(url, answer));

    public void GetSystemSubclusterRoot(string name, Action<Answer<KRef>> answer) => thread.Post(() => kernel.GetSystemSubclusterRoot(name, answer));

    public void RecordIdentity(string peerId, Action<Answer<Done>> answer) => thread.Post(() => kernel.RecordIdentity(peerId, answer));

    public void Sync(Action<Answer<Done>> answer) => thread.Post(() => kernel.Sync(answer));
}
