using System.Diagnostics;
using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Reliability;

/// <summary><c>kill -9</c> at random and at aimed moments (design/reliability.md R1). <c>scripts/kills.sh</c> is the long form.</summary>
public sealed class KillTests
{
    private const int KillsOfOneHome = 25;

    [Test]
    public async Task Whatever_was_acknowledged_survives_a_kill_once_and_in_order()
    {
        Random random = new(KillPlan.Seed);
        int underLoad = 0, atStart = 0, acknowledged = 0;
        try
        {
            while (underLoad < KillPlan.Kills)
            {
                await using ChainRun run = new(random);
                await run.BeginAsync();
                while (run.KillsUnderLoad < KillsOfOneHome && underLoad < KillPlan.Kills)
                {
                    underLoad++;
                    await run.RoundAsync();
                }
                atStart += run.KillsAtStart;
                acknowledged += run.Acknowledged;
            }
        }
        finally
        {
            Console.WriteLine($"{underLoad} kills under load, {atStart} at start, {acknowledged} messages acknowledged; seed {KillPlan.Seed}");
        }
        await Assert.That(acknowledged).IsGreaterThan(underLoad);
    }

    [Test]
    public async Task A_launch_that_is_killed_leaves_the_whole_subcluster_or_nothing()
    {
        Random random = new(KillPlan.Seed);
        await using TestKernel kernel = await TestKernel.StartAsync();
        LaunchedVat[] vats = [new("a", "chain"), new("b", "chain"), new("c", "chain")];
        string parameters = await TestKernel.LaunchParametersAsync(vats);
        Stopwatch time = Stopwatch.StartNew();
        HashSet<string> acknowledged = [(await kernel.LaunchAsync(vats)).Subcluster];
        TimeSpan launchTime = time.Elapsed;
        int kills = Math.Max(8, KillPlan.Kills / 3), whole = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            Task<RpcReply> launch = kernel.CallAsync("launchSubcluster", parameters);
            // The first launch, which was timed, is the slowest: most kills shall come before the answer.
            await Task.Delay(launchTime * (0.5 * random.NextDouble()));
            await kernel.KillAsync();
            try
            {
                acknowledged.Add((await launch).Result.GetProperty("subclusterId").GetString()!);
            }
            catch (IOException)
            {
                // Killed before it was answered.
            }
            LeftState left = LeftState.Of(kernel.Home);
            await Assert.That(left.Problems).IsEmpty();
            await kernel.ResumeAsync();
            whole = await CheckAsync(kernel, acknowledged);
        }
        Console.WriteLine($"{kills} kills during a launch: {acknowledged.Count} launches acknowledged, {whole} there; seed {KillPlan.Seed}");
    }

    private static async Task<int> CheckAsync(TestKernel kernel, HashSet<string> acknowledged)
    {
        JsonElement status = (await kernel.CallAsync("getStatus")).Result;
        HashSet<string> there = [.. status.GetProperty("subclusters").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
        await Assert.That(acknowledged.Where(id => !there.Contains(id))).IsEmpty();
        foreach (JsonElement subcluster in status.GetProperty("subclusters").EnumerateArray())
        {
            await Assert.That(subcluster.GetProperty("vats").EnumerateObject().Count()).IsEqualTo(3);
            string first = subcluster.GetProperty("vats").GetProperty("a").GetString()!;
            string root = (await kernel.QueryAsync($"SELECT value FROM kv WHERE key = '{first}.c.o+0'")).Single();
            await Assert.That(await kernel.AskAsync(root, "sizes")).IsEqualTo("[0,0,0]");
        }
        await Assert.That((await kernel.QueryAsync("SELECT count(*) FROM kv WHERE key LIKE 'vatConfig.%'")).Single()).IsEqualTo((there.Count * 3).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Assert.That(await kernel.QueryAsync("SELECT key FROM kv WHERE key LIKE 'launching.%'")).IsEmpty();
        return there.Count;
    }
}
