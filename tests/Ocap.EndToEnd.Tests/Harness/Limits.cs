using System.Runtime.Versioning;
using TUnit.Core.Interfaces;

[assembly: UnsupportedOSPlatform("windows")]
[assembly: ParallelLimiter<Ocap.EndToEnd.Tests.Harness.FewAtOnce>]

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>Tests here start processes: a few at a time are as fast as many, and kinder to whoever shares the machine.</summary>
public sealed record FewAtOnce : IParallelLimit
{
    public int Limit => Math.Max(2, Environment.ProcessorCount);
}
