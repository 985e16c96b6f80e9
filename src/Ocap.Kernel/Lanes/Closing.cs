namespace Ocap.Kernel.Lanes;

/// <summary>Something that waits until none of some lanes executes a crank.</summary>
internal sealed record Closing(List<Lane> Lanes, Action Then);
