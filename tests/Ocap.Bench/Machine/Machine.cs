using System.Globalization;

namespace Ocap.Bench.Machine;

/// <summary>What it runs on, and whether it is quiet enough for figures to mean anything.</summary>
internal static class Machine
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>The share of all processors that others use, 0 to 1, seen over a second.</summary>
    internal static double BusyShare()
    {
        (long busy, long all) = Ticks();
        Thread.Sleep(Look);
        (long busyThen, long allThen) = Ticks();
        return (busyThen - busy) / (double)Math.Max(1, allThen - all);
    }

    /// <summary>One line: processor, cores, memory, system.</summary>
    internal static string Describe()
    {
        string memory = FirstValue("/proc/meminfo", "MemTotal").Split(' ')[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{FirstValue("/proc/cpuinfo", "model name")}, {Environment.ProcessorCount} cores, {long.Parse(memory, CultureInfo.InvariantCulture) / 1_000_000.0:0.#} GB, {Environment.OSVersion.VersionString}");
    }

    private static (long Busy, long All) Ticks()
    {
        string[] words = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        long[] ticks = [.. words.Skip(1).Take(8).Select(static word => long.Parse(word, CultureInfo.InvariantCulture))];
        // Neither idle (4th) nor waiting for a disk (5th).
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    private static string FirstValue(string file, string name)
    {
        string? line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? "unknown 0";
    }
}
