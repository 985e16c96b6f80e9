namespace Ocap.Daemon.Hosts;

/// <summary>How long a vat host may be silent.</summary>
/// <param name="LookEvery">While hosts are busy, they are looked at so often.</param>
/// <param name="Busy">A host that has worked at one crank for longer is asked whether it is still there.</param>
/// <param name="Frozen">It must say so within this time if it does nothing at all: is stopped, or waits for itself.</param>
/// <param name="Silence">It must say so within this time in any case. Long: a machine may be short of processors, and a collection of a large heap takes its time.</param>
internal readonly record struct HostPatience(TimeSpan LookEvery, TimeSpan Busy, TimeSpan Frozen, TimeSpan Silence)
{
    /// <summary>Where nothing is going on, hosts are looked at so often: one that was taken over may wait until nobody looks.</summary>
    internal TimeSpan Patrol { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>One crank may last so long by the clock: many vats share few processors, and each may be allowed ten minutes of one.</summary>
    internal TimeSpan Crank { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Processor time that a host may use in a row while it has no crank.</summary>
    internal TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(10);

    internal static HostPatience Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10));
}
