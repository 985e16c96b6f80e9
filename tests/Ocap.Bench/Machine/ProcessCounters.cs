using System.Globalization;

namespace Ocap.Bench.Machine;

/// <summary>What the system counts about one process.</summary>
internal sealed class ProcessCounters(int pid)
{
    private const double MillisecondsPerTick = 10;

    /// <summary>CPU time of all its threads so far, in milliseconds, user and system; 10 ms fine.</summary>
    internal double CpuMilliseconds
    {
        get
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[11]) + Number(fields[12])) * MillisecondsPerTick;
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    internal double ResidentBytes => Number(Field($"/proc/{pid}/status", "VmRSS").Split(' ')[0]) * 1024;

    /// <summary>How often any of its threads has gone to sleep, so far: what an idle process should not do.</summary>
    internal long Sleeps
    {
        get
        {
            long all = 0;
            foreach (string thread in Directory.GetDirectories($"/proc/{pid}/task"))
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

    private static string Field(string file, string name) =>
        File.ReadLines(file).First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
