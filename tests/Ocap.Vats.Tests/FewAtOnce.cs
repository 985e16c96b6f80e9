using TUnit.Core.Interfaces;

[assembly: ParallelLimiter<Ocap.Vats.Tests.FewAtOnce>]

namespace Ocap.Vats.Tests;

/// <summary>Tests here compute, each for itself and beside Node, and are bounded in time: with dozens at once, one that needs seconds was given less than that in a minute.</summary>
public sealed record FewAtOnce : IParallelLimit
{
    public int Limit => Environment.ProcessorCount + 2;
}
