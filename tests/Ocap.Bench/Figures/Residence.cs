using System.Diagnostics;
using Ocap.Bench.Driving;
using Ocap.Bench.Machine;

namespace Ocap.Bench.Figures;

/// <summary>What a daemon costs that does nothing, and how it comes back with many vats.</summary>
internal static class Residence
{
    private const int Vats = 50;
    private const double Mega = 1_000_000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTimer = TimeSpan.FromSeconds(31);

    internal static void Measure(FigureTable table, Setting setting)
    {
        using Home home = setting.NewHome();
        home.Ocap("daemon", "start");
        Thread.Sleep(Settle);
        table.Add(home.Counters.DaemonResidentBytes / Mega, "resident, idle, no vat", "MB", target: 32);
        table.Add(home.Counters.HostsResidentBytes / Mega, "  its process for vats", "MB");
        double empty = home.Counters.ResidentBytes;
        home.Launch([.. Enumerable.Repeat(setting.Bundle, Vats)]);
        Thread.Sleep(Settle);
        ProcessCounters counters = home.Counters;
        table.Add((counters.ResidentBytes - empty) / Vats / Mega, "  further, per idle small vat", "MB", target: 2.5);
        home.Ocap("daemon", "stop");
        long start = Stopwatch.GetTimestamp();
        home.Ocap("daemon", "exec", "getStatus");
        table.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds, "start to first answer, 50 vats in the database", "ms", target: 60);
        table.Add(home.WhenAllRun(start, Vats), "  until all 50 vats are back", "ms");
        Thread.Sleep(Settle);
        table.Add(home.Counters.ResidentBytes / Mega, "  resident after that", "MB");
    }

    /// <summary>What wakes a daemon with 50 vats once the last timers of its last work have run out. Takes most of a minute.</summary>
    internal static void MeasureIdleness(FigureTable table, Setting setting)
    {
        using Home home = setting.NewHome();
        home.Ocap("daemon", "start");
        home.Launch([.. Enumerable.Repeat(setting.Bundle, Vats)]);
        Thread.Sleep(LongestTimer);
        ProcessCounters counters = home.Counters;
        long sleeps = counters.Sleeps;
        double cpu = counters.CpuMilliseconds;
        Thread.Sleep(Idle);
        table.Add(counters.Sleeps - sleeps, "wake-ups in 5 s, idle, 50 vats", "", target: 0);
        table.Add(counters.CpuMilliseconds - cpu, "  CPU in these 5 s", "ms", target: 0);
    }
}
