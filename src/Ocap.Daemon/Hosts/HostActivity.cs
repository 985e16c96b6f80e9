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
                // Behind the name, in parentheses that it may contain itself: state, …, user time (12th), system time.
                string stat = File.ReadAllText(Path.Combine(thread, "stat"));
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                wantsToRun |= fields[0] is "R" or "D";
                ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }

            return new HostActivity(ticks, wantsToRun);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            return Unknown;
        }
    }
}
