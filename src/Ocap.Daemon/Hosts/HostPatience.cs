namespace Ocap.Daemon.Hosts;

/// <summary>How long a vat host may be silent.</summary>
/// <param name="LookEvery">While hosts are busy, they are looked at so often.</param>
/// <param name="Busy">A host that has worked at one crank for longer is asked whether it is still there.</param>
/// <param name="Frozen">It must say so within this time if it does nothing at all: is stopped, or waits for itself.</param>
/// <param name="Silence">It must say so within this time in any case. Long: a machine may be short of processors, and a collection of a large heap takes its time.</param>
internal readonly record struct HostPatience(TimeSpan LookEvery, TimeSpan Busy, TimeSpan Frozen, TimeSpan Silence)
{
    internal static HostPatience Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10));
}
