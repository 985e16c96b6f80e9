using System.Diagnostics;
using System.Globalization;
using Ocap.Bench.Driving;

namespace Ocap.Bench.Figures;

/// <summary>Vats among themselves, inside one kernel. A question costs two deliveries: the message, and the notify that brings the answer.</summary>
internal static class Deliveries
{
    /// <summary>Deliveries per second while one vat asks another so many times, each time after the answer.</summary>
    internal static double Asked(Client client, string root, int times) => Rate(client, root, "ask", times, 1);

    /// <summary>Deliveries per second while one vat sends another so many questions at once; the daemon is told to do so <paramref name="floods"/> times at once.</summary>
    internal static double Flooded(Client client, string root, int times, int floods = 1) => Rate(client, root, "flood", times, floods);

    internal static void Measure(FigureTable table, Home home, string root)
    {
        using Client client = home.Connect();
        table.Add(Asked(client, root, 2_000), "vat → vat → back, one question after another", "deliv./s", target: 8_000, moreIsBetter: true);
        double cpu = home.Counters.CpuMilliseconds;
        table.Add(Flooded(client, root, 2_000), "vat → vat → back, 2 000 questions at once", "deliv./s", target: 8_000, moreIsBetter: true);
        table.Add((home.Counters.CpuMilliseconds - cpu) / 4_000, "  CPU per delivery", "ms");
    }

    private static double Rate(Client client, string root, string method, int times, int calls)
    {
        byte[] line = Client.Line("queueMessage", string.Create(CultureInfo.InvariantCulture, $"[\"{root}\",\"{method}\",[{times}]]"));
        long start = Stopwatch.GetTimestamp();
        client.Repeat(line, calls, calls);
        return 2.0 * times * calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
