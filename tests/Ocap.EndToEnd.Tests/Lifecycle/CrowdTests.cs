using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

/// <summary>Many at once (design/reliability.md R3, R4), in the quick form.</summary>
public sealed class CrowdTests
{
    [Test]
    public async Task Thirty_two_clients_that_find_no_daemon_start_one_and_are_all_answered()
    {
        for (int round = 0; round < 5; round++)
        {
            await using TestHome home = new();
            CommandResult[] results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => home.RunAsync("daemon", "exec")));
            await Assert.That(results.Select(r => r.ExitCode).Distinct()).IsEquivalentTo((int[])[0]);
            await Assert.That(results.Select(r => r.Output).Distinct().Count()).IsEqualTo(1);
            await Assert.That(results.Count(r => r.Error.Contains("Starting daemon...", StringComparison.Ordinal))).IsEqualTo(1);
            await Assert.That(home.Daemons().Count()).IsEqualTo(1);
        }
    }

    [Test]
    public async Task A_storm_of_starts_and_stops_leaves_no_orphan()
    {
        await using TestHome home = new();
        for (int round = 0; round < 20; round++)
        {
            await Assert.That((await home.RunAsync("daemon", "start")).ExitCode).IsEqualTo(0);
            await Assert.That(home.Daemons().Count()).IsEqualTo(1);
            await Assert.That((await home.RunAsync("daemon", "stop")).ExitCode).IsEqualTo(0);
            await Assert.That(home.Daemons().Any()).IsFalse();
        }
    }

    [Test]
    public async Task Stop_racing_exec_leaves_every_exec_answered_and_at_most_one_daemon()
    {
        await using TestHome home = new();
        for (int round = 0; round < 20; round++)
        {
            Task<CommandResult>[] execs = [.. Enumerable.Range(0, 4).Select(_ => home.RunAsync("daemon", "exec"))];
            Task<CommandResult>[] stops = [.. Enumerable.Range(0, 2).Select(_ => home.RunAsync("daemon", "stop"))];
            foreach (CommandResult result in await Task.WhenAll(execs))
                await Assert.That(result.Error + result.ExitCode).EndsWith("0");
            foreach (CommandResult result in await Task.WhenAll(stops))
                await Assert.That(result.Error + result.ExitCode).EndsWith("0");
            await Assert.That(home.Daemons().Count()).IsLessThanOrEqualTo(1);
        }
    }

    [Test]
    public async Task Shutdown_by_signal_racing_exec_leaves_every_exec_answered()
    {
        await using TestHome home = new();
        for (int round = 0; round < 10; round++)
        {
            await home.RunAsync("daemon", "start");
            Task<CommandResult> signal = home.ShellAsync($"kill {home.DaemonPid}");
            CommandResult[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => home.RunAsync("daemon", "exec")));
            foreach (CommandResult result in results)
                await Assert.That(result.Error + result.ExitCode).EndsWith("0");
            await signal;
        }
    }
}
