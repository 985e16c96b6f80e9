using Ocap.Bench.Driving;
using Ocap.Bench.Machine;

namespace Ocap.Bench.Figures;

/// <summary>Whole commands, as a person or a script waits for them; and the floors, in the same round.</summary>
internal static class Commands
{
    private const int Repeats = 10;

    internal static void Measure(FigureTable table, Setting setting, Home warm)
    {
        for (int i = 0; i < Repeats; i++)
        {
            table.Add(Child.Run("/bin/true", []), "floor: /bin/true", "ms");
            table.Add(Child.Run(setting.Ocap, ["--version"]), "ocap --version", "ms", target: 6);
            table.Add(warm.Ocap("daemon", "exec", "getStatus"), "ocap daemon exec getStatus, daemon running", "ms", target: 10);
        }

        for (int i = 0; i < 3; i++)
        {
            using Home cold = setting.NewHome();
            table.Add(cold.Ocap("daemon", "exec", "getStatus"), "ocap daemon exec getStatus, fresh home", "ms", target: 40);
        }

        table.Add(Floors.Fsync(setting.Folder), "floor: append 4 KiB and fsync", "ms");
        table.Add(Floors.RoundTrips(setting.Folder), "floor: round trips on a Unix socket", "/s", moreIsBetter: true);
    }
}
