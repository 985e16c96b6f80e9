using System.Runtime.CompilerServices;

namespace Ocap.Vats.Tests;

/// <summary>
/// Tests wait on the pool's threads, for Node and for vats. While the machine is busy the pool adds a thread only every few seconds, and until then no timer runs: nor does
/// the one by which a vat is watched.
/// </summary>
internal static class PoolThreads
{
    [ModuleInitializer]
    internal static void BeEnough() => ThreadPool.SetMinThreads(32, 32);
}
