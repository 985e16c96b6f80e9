using System.Diagnostics;
using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Reliability;

/// <summary>
/// Work that leaves nothing behind leaves nothing behind (design/reliability.md R11). <c>scripts/soak.sh</c> is the long form: a million deliveries, a thousand
/// launches and terminations.
/// </summary>
public sealed class SoakTests
{
    private const int UnderWay = 50;

    // What small heaps vary by from one moment to the next, and the write-ahead log between two checkpoints.
    private const long SlackMiB = 32;
    private const long LogMiB = 12;

    // An engine may hold the last few objects that it touched for a while longer: seven rows each.
    private const int SlackRows = 50;

    [Test]
    [NotInParallel]
    public async Task Memory_and_database_are_as_large_after_long_work_as_after_a_little()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string root = (await kernel.LaunchAsync(new("a", "soak"), new("b", "soak"))).Root;
        string text = await File.ReadAllTextAsync(await VatBundles.PathAsync("soak"));
        int rounds = 0, launches = 0;
        Stopwatch time = Stopwatch.StartNew();

        // A tenth of it first: caches fill, the engine's tables grow to what they need.
        await WorkAsync(SoakPlan.Deliveries / 10, Math.Max(8, SoakPlan.Launches / 10));
        SoakFigures first = await SoakFigures.AtRestAsync(kernel);
        await WorkAsync(SoakPlan.Deliveries, SoakPlan.Launches);
        SoakFigures last = await SoakFigures.AtRestAsync(kernel);

        Console.WriteLine($"{last.Deliveries} deliveries, {launches} launches and terminations in {time.Elapsed.TotalSeconds:F0} s: daemon {first.DaemonMiB} to {last.DaemonMiB} MiB, "
            + $"host {first.HostMiB} to {last.HostMiB} MiB, database {first.FileMiB:F1} to {last.FileMiB:F1} MiB, rows {first.Rows} to {last.Rows}");
        foreach (string vat in (string[])["v1", "v2"])
            await Assert.That(await File.ReadAllTextAsync(kernel.Home.In("daemon.log"))).DoesNotContain($"Vat {vat} ");
        await Assert.That(last.Rows).IsLessThan(first.Rows + SlackRows);
        await Assert.That(last.FileMiB).IsLessThan((first.FileMiB * 1.1) + LogMiB);
        await Assert.That(last.DaemonMiB).IsLessThan((long)(first.DaemonMiB * 1.1) + SlackMiB);
        await Assert.That(last.HostMiB).IsLessThan((long)(first.HostMiB * 1.1) + SlackMiB);
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();

        async Task WorkAsync(long deliveries, int bundles)
        {
            long until = (await SoakFigures.DeliveriesAsync(kernel)) + deliveries;
            for (int bundle = 0; bundle < bundles; bundle++)
            {
                await LaunchAndTerminateAsync();
                long left = until - await SoakFigures.DeliveriesAsync(kernel);
                await SendAsync((int)(left / SoakFigures.DeliveriesARound / (bundles - bundle)));
            }
        }

        async Task LaunchAndTerminateAsync()
        {
            // No two are the same text: what is kept of a bundle must go with it.
            string path = Path.Combine(kernel.Home.Root, "other.bundle");
            await File.WriteAllTextAsync(path, text.Replace("no luck with", string.Create(CultureInfo.InvariantCulture, $"no luck at launch {++launches} with"), StringComparison.Ordinal));
            LaunchAnswer other = await kernel.LaunchAsync(new("a", path), new("b", path));
            await Assert.That(await kernel.AskAsync(other.Root, "round", "1")).IsEqualTo("4");
            await kernel.CallAsync("terminateSubcluster", $$"""{"id":"{{other.Subcluster}}"}""");
        }

        async Task SendAsync(int count)
        {
            Queue<(int Number, Task<string> Answer)> underWay = new();
            for (int i = 0; i < count; i++)
            {
                rounds++;
                underWay.Enqueue((rounds, kernel.AskAsync(root, "round", rounds.ToString(CultureInfo.InvariantCulture))));
                if (underWay.Count == UnderWay)
                    await CheckAsync(underWay.Dequeue());
            }
            while (underWay.TryDequeue(out (int Number, Task<string> Answer) one))
                await CheckAsync(one);
        }

        static async Task CheckAsync((int Number, Task<string> Answer) one)
        {
            string expected = ((3 * one.Number) + 1).ToString(CultureInfo.InvariantCulture);
            if (!string.Equals(await one.Answer, expected, StringComparison.Ordinal))
                throw new InvalidOperationException($"Round {one.Number} was answered with {await one.Answer}.");
        }
    }
}
