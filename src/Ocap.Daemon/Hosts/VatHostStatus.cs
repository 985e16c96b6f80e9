using Ocap.Kernel.Refs;

namespace Ocap.Daemon.Hosts;

/// <summary>A process that runs vats, as <c>getDaemonInfo</c> shows it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Kind">For whom it is: <c>shared</c>, <c>own</c>, or a subcluster's id.</param>
/// <param name="ResidentBytes">What it has in memory.</param>
/// <param name="Confinement">What is in force to confine it, in words; empty until it is ready.</param>
/// <param name="Vats">The vats in it.</param>
public sealed record VatHostStatus(int Pid, string Kind, long ResidentBytes, string Confinement, IReadOnlyList<VatId> Vats);
