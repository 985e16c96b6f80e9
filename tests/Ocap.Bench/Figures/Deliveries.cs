using System.Diagnostics;
using System.Globalization;
using Ocap.Bench.Driving;

namespace Ocap.Bench.Figures;

/// <summary>Vats among themselves, inside one kernel. A question costs two deliveries: the message, and the notify that brings the answer.</summary>
internal static class Deliveries
{
    private const int Messages = 2_000;

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

    /// <summary>Messages to the objects of a vat with real @endo packages, each with its answer: two deliveries.</summary>
    internal static void MeasureExos(FigureTable table, Setting setting)
    {
        using Home home = setting.NewHome();
        home.Ocap("daemon", "start");
        string root = home.Launch(setting.Bundle, setting.ObjectsBundle!);
        using Client client = home.Connect();
        string[] names = ["an object that does nothing", "an exo with a guard (@endo/exo's, in JavaScript)", "a virtual exo with a guard"];
        for (int i = 0; i < names.Length; i++)
        {
            string adder = string.Create(CultureInfo.InvariantCulture, $"{i},");
            Rate(client, root, "floodAdder", Messages / 4, 1, adder);
            double cpu = home.Counters.CpuMilliseconds;
            table.Add(Rate(client, root, "floodAdder", Messages, 1, adder), $"to {names[i]} and back, {Messages} at once", "deliv./s", moreIsBetter: true);
            table.Add((home.Counters.CpuMilliseconds - cpu) / Messages / 2, $"  CPU per delivery, to {names[i]}", "ms", target: i == 0 ? 0.15 : null);
        }
    }

    private static double Rate(Client client, string root, string method, int times, int calls, string first = "")
    {
        byte[] line = Client.Line("queueMessage", string.Create(CultureInfo.InvariantCulture, $"[\"{root}\",\"{method}\",[{first}{times}]]"));
        long start = Stopwatch.GetTimestamp();
        client.Repeat(line, calls, calls);
        return 2.0 * times * calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
