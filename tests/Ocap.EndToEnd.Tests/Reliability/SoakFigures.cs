using System.Globalization;
using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Reliability;

/// <summary>What a kernel with a soak's two vats takes when it has come to rest.</summary>
internal sealed record SoakFigures(long Deliveries, long DaemonMiB, long HostMiB, double FileMiB, int Rows)
{
    /// <summary>How many deliveries a round of <c>soak.js</c> comes to, about.</summary>
    internal const int DeliveriesARound = 12;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);

    /// <summary>Takes the figures when all vats have let go of what is dead, and the processes had time to give back what they do not need.</summary>
    internal static async Task<SoakFigures> AtRestAsync(TestKernel kernel)
    {
        // A thing that passed through three heaps takes as many collections to be forgotten.
        for (int i = 0; i < 4; i++)
            await kernel.CallAsync("collectGarbage");
        int rows = int.Parse((await kernel.QueryAsync("SELECT (SELECT count(*) FROM kv) + (SELECT count(*) FROM kv_vatstore) AS n"))[0], CultureInfo.InvariantCulture);
        await Task.Delay(Rest);
        long host = (await kernel.HostsAsync()).Sum(static host => host.ResidentMiB);
        string[] files = ["kernel.sqlite", "kernel.sqlite-wal"];
        double file = files.Select(kernel.Home.In).Where(File.Exists).Sum(static path => new FileInfo(path).Length) / (double)(1 << 20);
        return new SoakFigures(await DeliveriesAsync(kernel), ResidentMiB(kernel.Home.DaemonPid), host, file, rows);
    }

    /// <summary>How many deliveries the vats that run have had since they started.</summary>
    internal static async Task<long> DeliveriesAsync(TestKernel kernel)
    {
        JsonElement vats = (await kernel.CallAsync("getDaemonInfo")).Result.GetProperty("vats").GetProperty("usage");
        return vats.EnumerateArray().Sum(static vat => vat.GetProperty("deliveries").GetInt64());
    }

    private static long ResidentMiB(int pid)
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")).First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
    }
}
