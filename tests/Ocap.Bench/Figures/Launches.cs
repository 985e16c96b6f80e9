using System.Diagnostics;
using Ocap.Bench.Driving;

namespace Ocap.Bench.Figures;

/// <summary>Subclusters of new code: each bundle differs from every earlier one, so that it is parsed.</summary>
internal static class Launches
{
    private const int Times = 8;

    internal static void Measure(FigureTable table, Setting setting)
    {
        using Home home = setting.NewHome();
        home.Ocap("daemon", "start");
        using Client client = home.Connect();
        table.Add(Milliseconds(client, setting.FreshBundle()), "launch of one small vat, the daemon's first", "ms");
        for (int i = 0; i < 5; i++)
        {
            table.Add(Milliseconds(client, setting.FreshBundle()), "launch of one small vat", "ms", target: 40);
        }

        double before = home.Counters.HostsResidentBytes;
        string fresh = setting.FreshBundle();
        long start = Stopwatch.GetTimestamp();
        Home.LaunchApart(client, fresh);
        table.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds, "launch of one small vat in a process of its own", "ms", target: 80);
        table.Add((home.Counters.HostsResidentBytes - before) / 1_000_000, "  resident for it", "MB", target: 28);

        if (setting.FarBundle is { } far && setting.ObjectsBundle is { } objects)
        {
            Repeat(table, home, () => setting.Fresh(far), $"launch of one vat with @endo/far, {Kilobytes(far)} kB", 40);
            Repeat(table, home, () => setting.Fresh(objects), $"launch of one vat with @endo/exo and stores, {Kilobytes(objects)} kB", 40);
            Repeat(table, home, () => objects, "  the same again, parsed before", null);
        }
    }

    private static void Repeat(FigureTable table, Home home, Func<string> bundle, string name, double? target)
    {
        using Client client = home.Connect();
        double cpu = home.Counters.CpuMilliseconds;
        for (int i = 0; i < Times; i++)
        {
            table.Add(Milliseconds(client, bundle()), name, "ms", target);
        }

        table.Add((home.Counters.CpuMilliseconds - cpu) / Times, $"  CPU of daemon and host: {name.Trim()}", "ms");
    }

    private static long Kilobytes(string file) => new FileInfo(file).Length / 1000;

    private static double Milliseconds(Client client, params string[] bundles)
    {
        long start = Stopwatch.GetTimestamp();
        Home.Launch(client, bundles);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
