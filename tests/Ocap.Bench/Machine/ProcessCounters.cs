using System.Globalization;

namespace Ocap.Bench.Machine;

/// <summary>What the system counts about a daemon and the processes that its vats live in, together.</summary>
internal sealed class ProcessCounters(int pid)
{
    private const double MillisecondsPerTick = 10;

    /// <summary>CPU time of all its threads so far, in milliseconds, user and system; 10 ms fine.</summary>
    internal double CpuMilliseconds
    {
        get
        {
            double all = 0;
            foreach (int process in Processes)
            {
                string stat = File.ReadAllText($"/proc/{process}/stat");
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                all += (Number(fields[11]) + Number(fields[12])) * MillisecondsPerTick;
            }

            return all;
        }
    }

    /// <summary>Resident memory of the daemon alone, in bytes.</summary>
    internal double DaemonResidentBytes => Resident(pid);

    /// <summary>Resident memory of the processes that vats live in, in bytes, pages of the executable that all share included.</summary>
    internal double HostsResidentBytes => Processes.Where(process => process != pid).Sum(Resident);

    internal double ResidentBytes => Processes.Sum(Resident);

    /// <summary>How often any of its threads has gone to sleep, so far: what an idle process should not do.</summary>
    internal long Sleeps
    {
        get
        {
            long all = 0;
            foreach (string thread in Processes.SelectMany(process => Directory.GetDirectories($"/proc/{process}/task")))
            {
                try
                {
                    all += Number(Field(Path.Combine(thread, "status"), "voluntary_ctxt_switches"));
                }
                catch (IOException)
                {
                    // The thread ended between the listing and the reading.
                }
            }

            return all;
        }
    }

    private IEnumerable<int> Processes =>
        Directory.GetDirectories($"/proc/{pid}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => (int)Number(child))
            .Prepend(pid);

    private static double Resident(int process) => Number(Field($"/proc/{process}/status", "VmRSS").Split(' ')[0]) * 1024;

    private static string Field(string file, string name) =>
        File.ReadLines(file).First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
