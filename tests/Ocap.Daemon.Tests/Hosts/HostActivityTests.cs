using System.Diagnostics;
using Ocap.Daemon.Hosts;

namespace Ocap.Daemon.Tests.Hosts;

/// <summary>What the system tells of a process is read right: compared with what the runtime says of this one.</summary>
public sealed class HostActivityTests
{
    [Test]
    public async Task Processor_time_is_that_of_all_threads_those_that_have_ended_too()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "only Linux tells");
        var thread = new Thread(static () =>
        {
            var clock = Stopwatch.StartNew();
            while (clock.ElapsedMilliseconds < 100)
            {
            }
        });
        thread.Start();
        thread.Join();

        // In hundredths of a second, each rounded down.
        TimeSpan before = Environment.CpuUsage.TotalTime - TimeSpan.FromMilliseconds(20);
        TimeSpan told = HostActivity.ProcessorTime(Environment.ProcessId);
        TimeSpan after = Environment.CpuUsage.TotalTime + TimeSpan.FromMilliseconds(20);
        await Assert.That(told >= before && told <= after).IsTrue();
        await Assert.That(told).IsGreaterThan(TimeSpan.Zero);
    }

    [Test]
    public async Task Of_a_process_that_is_not_there_nothing_is_told()
    {
        await Assert.That(HostActivity.ProcessorTime(int.MaxValue)).IsEqualTo(TimeSpan.Zero);
        await Assert.That(HostActivity.Of(int.MaxValue)).IsEqualTo(HostActivity.Unknown);
    }
}
