using System.Globalization;
using Ocap.Bench.Driving;

namespace Ocap.Bench.Figures;

/// <summary>Whether deliveries cost the same when there is more of everything.</summary>
internal static class Growth
{
    private const int Questions = 1_000;

    internal static void Measure(FigureTable table, Setting setting)
    {
        using Home home = setting.NewHome();
        home.Ocap("daemon", "start");
        string root = home.Launch(setting.Bundle, setting.Bundle);
        using Client client = home.Connect();
        Deliveries.Asked(client, root, Questions);
        int vats = 2;
        foreach (int wanted in setting.WithThousand ? (int[])[10, 100, 1000] : [10, 100])
        {
            Home.Launch(client, [.. Enumerable.Repeat(setting.Bundle, wanted - vats)]);
            vats = wanted;
            table.Add(
                Deliveries.Asked(client, root, Questions), string.Create(CultureInfo.InvariantCulture, $"vat → vat → back with {wanted} vats"), "deliv./s", moreIsBetter: true);
        }

        foreach (int thousands in (int[])[1, 100])
        {
            table.Add(
                Deliveries.Flooded(client, root, 1_000, thousands),
                string.Create(CultureInfo.InvariantCulture, $"vat → vat → back, {thousands} 000 questions queued"),
                "deliv./s",
                moreIsBetter: true);
        }
    }
}
