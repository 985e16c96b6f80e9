using System.Globalization;

namespace Ocap.Daemon.Hosts;

/// <summary>
/// What a process does, as the system tells it: enough to tell one that is frozen from one that the machine gives no time. Unknown activity is taken for some.
/// </summary>
/// <param name="CpuTicks">CPU time that it has used.</param>
/// <param name="WantsToRun">One of its threads runs, waits for a processor, or for a disk.</param>
internal readonly record struct HostActivity(long CpuTicks, bool WantsToRun)
{
    internal static HostActivity Unknown => new(0, WantsToRun: true);

    /// <summary>Whether a process that did <paramref name="earlier"/> then and this now has stood still all the while.</summary>
    internal bool IsStillSince(HostActivity earlier) => !WantsToRun && !earlier.WantsToRun && CpuTicks == earlier.CpuTicks;

    /// <summary>The activity of a process of this machine.</summary>
    internal static HostActivity Of(int pid)
    {
        try
        {
            long ticks = 0;
            bool wantsToRun = false;
            foreach (string thread in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/task")))
            {
                string[] fields = Fields(Path.Combine(thread, "stat"));
                wantsToRun |= fields[0] is "R" or "D";
                ticks += Ticks(fields);
            }

            return new HostActivity(ticks, wantsToRun);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            return Unknown;
        }
    }

    /// <summary>Processor time that a process of this machine has used, those of its threads included that have ended; zero when that cannot be told.</summary>
    internal static TimeSpan ProcessorTime(int pid)
    {
        try
        {
            return TimeSpan.FromMilliseconds(Ticks(Fields(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"))) * 10);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>What the system tells of a process or a thread behind its name, which stands in parentheses and may contain some.</summary>
    private static string[] Fields(string path)
    {
        string stat = File.ReadAllText(path);
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>CPU time, user and system, in hundredths of a second.</summary>
    private static long Ticks(string[] fields) => long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
}
