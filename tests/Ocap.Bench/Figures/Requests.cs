using System.Diagnostics;
using Ocap.Bench.Driving;
using Ocap.Bench.Machine;

namespace Ocap.Bench.Figures;

/// <summary>Requests on one open connection.</summary>
internal static class Requests
{
    private const int InFlight = 50;
    private const int Pairs = 5;

    internal static void Measure(FigureTable table, Setting setting, Home home, string root)
    {
        using Client client = home.Connect();
        byte[] status = Client.Line("getStatus");
        table.Add(Rate(client, status, 5_000, 1), "getStatus, one after another", "/s", target: 25_000, moreIsBetter: true);
        table.Add(Rate(client, status, 20_000, InFlight), "getStatus, 50 in flight", "/s", target: 25_000, moreIsBetter: true);

        byte[] message = Client.Line("queueMessage", $"[\"{root}\",\"nothing\",[]]");
        for (int i = 0; i < Pairs; i++)
        {
            // Side by side: a disk changes its mind from one moment to the next.
            double fsync = Floors.Fsync(setting.Folder);
            double milliseconds = 1000 / Rate(client, message, 40, 1);
            table.Add(milliseconds, "queueMessage, one after another, durable", "ms");
            table.Add(milliseconds / fsync, "  the same, in fsyncs of this disk", "fsyncs", target: 1.5);
        }

        ProcessCounters counters = home.Counters;
        const int Many = 5_000;
        double cpu = counters.CpuMilliseconds;
        table.Add(Rate(client, message, Many, InFlight), "queueMessage, 50 in flight, durable", "/s", target: 5_000, moreIsBetter: true);
        table.Add((counters.CpuMilliseconds - cpu) / Many, "  CPU of daemon and vat per message", "ms", target: 0.3);
    }

    private static double Rate(Client client, byte[] line, int times, int inFlight)
    {
        long start = Stopwatch.GetTimestamp();
        client.Repeat(line, times, inFlight);
        return times / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
