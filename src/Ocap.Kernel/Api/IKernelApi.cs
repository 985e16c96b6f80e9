using Ocap.Kernel.Refs;
using Ocap.Kernel.Subclusters;
using Ocap.Marshal;

namespace Ocap.Kernel.Api;

/// <summary>
/// What the outside may ask of the kernel. Calls return at once and enter the kernel in the order made (K14). Each <c>answer</c> is called exactly
/// once, on the kernel's thread, when everything it could have seen is durable (K17); it must return quickly and not throw.
/// </summary>
public interface IKernelApi
{
    /// <summary>Running vats and subclusters.</summary>
    void GetStatus(Action<Answer<KernelStatus>> answer);

    /// <summary>Starts the vats of a configuration and sends <c>bootstrap</c>; answers when that has settled. A failure leaves nothing behind.</summary>
    void LaunchSubcluster(ClusterConfig config, Action<Answer<LaunchResult>> answer);

    /// <summary>Ends all vats of a subcluster. Unknown: <c>Subcluster does not exist.</c></summary>
    void TerminateSubcluster(SubclusterId subcluster, Action<Answer<Done>> answer);

    /// <summary>Answers when the vat exists and is running. Unknown: <c>Vat does not exist.</c></summary>
    void PingVat(VatId vat, Action<Answer<Done>> answer);

    /// <summary>Gives the vat an empty heap and its bundle afresh; answers when its <c>buildRootObject</c> is done.</summary>
    void RestartVat(VatId vat, Action<Answer<Done>> answer);

    /// <summary>Ends a vat.</summary>
    void TerminateVat(VatId vat, Action<Answer<Done>> answer);

    /// <summary>Ends all vats, newest first.</summary>
    void TerminateAllVats(Action<Answer<Done>> answer);

    /// <summary>Sends a message from outside; answers when its result promise settles, whichever way.</summary>
    /// <param name="target">An object or promise.</param>
    /// <param name="methargs">Smallcaps of <c>[method, args]</c>, without slots.</param>
    /// <param name="answer">A failure only when the message could not be sent at all.</param>
    void QueueMessage(KRef target, CapData methargs, Action<Answer<Settlement>> answer);

    /// <summary>Answers when nothing is left of the vats that have ended by now. Other work goes on meanwhile.</summary>
    void CollectGarbage(Action<Answer<Done>> answer);

    /// <summary>Ends everything and empties the store, identity apart.</summary>
    void ClearState(Action<Answer<Done>> answer);

    /// <summary>Revokes an object for good. A promise: <c>cannot revoke promise kp1</c>.</summary>
    void Revoke(KRef target, Action<Answer<Done>> answer);

    /// <summary>Whether an object has been revoked; false for unknown ones.</summary>
    void IsRevoked(KRef target, Action<Answer<bool>> answer);

    /// <summary>A new OCAP URL for an object, which stays from now on. Answers when it may be told.</summary>
    void IssueOcapUrl(KRef target, Action<Answer<string>> answer);

    /// <summary>The object, or promise, that an OCAP URL names (spec/rpc.md §4.4).</summary>
    void RedeemOcapUrl(string url, Action<Answer<KRef>> answer);

    /// <summary>The root of a system subcluster. Unknown: <c>System subcluster "x" not found</c>.</summary>
    void GetSystemSubclusterRoot(string name, Action<Answer<KRef>> answer);

    /// <summary>Records the kernel's public identity (store key <c>peerId</c>).</summary>
    void RecordIdentity(string peerId, Action<Answer<Done>> answer);

    /// <summary>Answers when everything committed so far is durable: what <c>executeDBQuery</c> waits for before it reads.</summary>
    void Sync(Action<Answer<Done>> answer);
}

/// <summary>A settled promise, seen from outside: slots are krefs.</summary>
public sealed record Settlement(bool Rejected, CapData Value);

/// <summary>A launched subcluster.</summary>
public sealed record LaunchResult(SubclusterId Subcluster, KRef Root, CapData BootstrapResult);

/// <summary>What <c>getStatus</c> shows, remote communications apart (spec/rpc.md §4.1).</summary>
public sealed record KernelStatus(IReadOnlyList<VatStatus> Vats, IReadOnlyList<SubclusterStatus> Subclusters);

/// <summary>How a vat is doing.</summary>
public enum VatState : byte
{
    /// <summary>Its <c>buildRootObject</c> is not done yet.</summary>
    Starting,

    /// <summary>It takes deliveries.</summary>
    Running,

    /// <summary>It could not come back after a restart of the daemon; its items wait.</summary>
    Failed,
}

/// <summary>One vat. <paramref name="Config"/> is the stored JSON text; <paramref name="Reason"/> says why it failed.</summary>
public sealed record VatStatus(VatId Id, string Config, SubclusterId Subcluster, VatState State, string? Reason)
{
    /// <summary>Its name in its subcluster, empty when that is not known.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it has used since the daemon started.</summary>
    public VatUsage Usage { get; init; } = VatUsage.None;
}

/// <summary>One subcluster. <paramref name="Config"/> is the stored JSON text; vats by name in launch order.</summary>
public sealed record SubclusterStatus(SubclusterId Id, string Config, IReadOnlyList<KeyValuePair<string, VatId>> Vats);
