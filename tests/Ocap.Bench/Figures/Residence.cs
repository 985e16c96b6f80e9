using System.Diagnostics;
using Ocap.Bench.Driving;
using Ocap.Bench.Machine;

namespace Ocap.Bench.Figures;

/// <summary>What a daemon costs that does nothing, and how it comes back with many vats.</summary>
internal static class Residence
{
    private const int Vats = 50;
    private const int Packaged = 20;
    private const int Fresh = 10;
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

    /// <summary>What vats with real packages cost, each bundle in a daemon of its own.</summary>
    internal static void MeasurePackages(FigureTable table, Setting setting)
    {
        foreach (string bundle in (string[])[setting.FarBundle!, setting.ObjectsBundle!])
        {
            using Home home = setting.NewHome();
            home.Ocap("daemon", "start");
            long kilobytes = new FileInfo(bundle).Length / 1000;

            // The first also brings the parsed bundle, which the others share.
            home.Launch(bundle);
            Thread.Sleep(Settle);
            double one = home.Counters.ResidentBytes;
            home.Launch([.. Enumerable.Repeat(bundle, Packaged)]);
            Thread.Sleep(Settle);
            double many = home.Counters.ResidentBytes;
            table.Add((many - one) / Packaged / Mega, $"  further, per idle vat of the same {kilobytes} kB bundle", "MB", target: 2.5);
            for (int i = 0; i < Fresh; i++)
            {
                home.Launch(setting.Fresh(bundle));
            }

            Thread.Sleep(Settle);
            table.Add((home.Counters.ResidentBytes - many) / Fresh / Mega, $"  further, per idle vat of another {kilobytes} kB bundle", "MB");
        }
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
