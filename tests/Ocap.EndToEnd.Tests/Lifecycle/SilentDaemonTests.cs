using System.Diagnostics;
using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

/// <summary>What is said of a daemon that does not answer, or is not there.</summary>
public sealed class SilentDaemonTests
{
    [Test]
    public async Task A_stopped_daemon_is_not_waited_for_longer_than_the_timeout_however_large_the_request()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        string file = Path.Combine(home.Root, "big.json");
        await File.WriteAllTextAsync(file, $$"""{"sql":"{{new string('x', 9_000_000)}}"}""");
        using Pause pause = await Pause.OfAsync(home.DaemonPid);
        long start = Stopwatch.GetTimestamp();
        CommandResult result = await home.RunAsync("daemon", "exec", "executeDBQuery", "@" + file, "--timeout", "1");
        await Assert.That(Stopwatch.GetElapsedTime(start)).IsLessThan(TimeSpan.FromSeconds(10));
        await Assert.That(result).IsEqualTo(new CommandResult(
            1, "", $"Socket read timed out: the daemon (process {home.DaemonPid}) did not answer within 1 s. What it was asked for may still be done. It is stopped by a signal. To let it go on: kill -CONT {home.DaemonPid}\n"));
    }

    [Test]
    public async Task The_status_of_a_stopped_daemon_tells_what_is_known_and_what_to_do()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        using Pause pause = await Pause.OfAsync(home.DaemonPid);
        CommandResult result = await home.RunAsync("daemon", "status");
        await Assert.That((result.ExitCode, result.Output)).IsEqualTo((1, ""));
        await Assert.That(result.Error).Contains($"kill -CONT {home.DaemonPid}\n").And.Contains($"  pid      {home.DaemonPid}\n").And.Contains("  log      ~/.ocap/daemon.log\n");
        result = await home.RunAsync("daemon", "status", "--json");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        await Assert.That(json.RootElement.GetProperty("running").GetBoolean()).IsTrue();
        await Assert.That(json.RootElement.GetProperty("answers").GetBoolean()).IsFalse();
        await Assert.That(json.RootElement.GetProperty("pid").GetInt32()).IsEqualTo(home.DaemonPid);
    }

    [Test]
    public async Task A_start_does_not_say_of_a_stopped_daemon_that_it_runs()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        using Pause pause = await Pause.OfAsync(home.DaemonPid);
        await Assert.That(await home.RunAsync("daemon", "start")).IsEqualTo(new CommandResult(
            1, "", $"Socket read timed out: the daemon (process {home.DaemonPid}) did not answer within 5 s. What it was asked for may still be done. It is stopped by a signal. To let it go on: kill -CONT {home.DaemonPid}\n"));
    }

    [Test]
    public async Task A_stopped_daemon_is_let_go_on_to_stop_in_order()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        using Pause pause = await Pause.OfAsync(home.DaemonPid);
        await Assert.That(await home.RunAsync("daemon", "stop")).IsEqualTo(new CommandResult(0, "", "Stopping daemon...\nDaemon stopped.\n"));
        await Assert.That(await File.ReadAllTextAsync(home.In("daemon.log"))).EndsWith("[info] Daemon stopped. \n");
    }

    [Test]
    public async Task What_is_in_the_place_of_the_pid_file_is_in_nobodys_way()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        await home.RunAsync("daemon", "stop");
        Directory.CreateDirectory(home.In("daemon.pid"));
        await Assert.That((await home.RunAsync("daemon", "start")).ExitCode).IsEqualTo(0);
        await Assert.That(await home.RunAsync("daemon", "stop")).IsEqualTo(new CommandResult(0, "", "Stopping daemon...\nDaemon stopped.\n"));
    }

    [Test]
    public async Task The_status_as_JSON_says_whether_a_daemon_runs()
    {
        await using TestHome home = new();
        await CheckAsync(isRunning: false);
        await home.RunAsync("daemon", "start");
        await CheckAsync(isRunning: true);
        await home.RunAsync("daemon", "stop");
        await CheckAsync(isRunning: false);

        async Task CheckAsync(bool isRunning)
        {
            CommandResult result = await home.RunAsync("daemon", "status", "--json");
            using JsonDocument json = JsonDocument.Parse(result.Output);
            await Assert.That((result.ExitCode, json.RootElement.GetProperty("running").GetBoolean())).IsEqualTo((isRunning ? 0 : 3, isRunning));
            await Assert.That(json.RootElement.GetProperty("log").GetString()).IsEqualTo(home.In("daemon.log"));
        }
    }

    [Test]
    public async Task A_launch_that_a_stop_interrupts_is_told_that_nothing_was_launched_and_that_is_so()
    {
        await using TestHome home = new();
        string bundle = await VatBundles.WriteAsync(home.Root, "slow", "import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { bootstrap: () => new Promise(() => {}) });");
        await home.RunAsync("daemon", "start");
        Task<CommandResult> launching = home.RunAsync("daemon", "exec", "launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"{{{bundle}}}"} } } }""");
        await Until(async () => (await home.RunAsync("daemon", "exec", "getStatus")).Output.Contains("\"v1\"", StringComparison.Ordinal));
        await home.RunAsync("daemon", "stop");
        await Assert.That(await launching).IsEqualTo(new CommandResult(1, "", "Error: The daemon is stopping; the subcluster was not launched. (code -32603)\n"));
        await Assert.That((await home.RunAsync("daemon", "exec", "getStatus")).Output).StartsWith("""{"vats":[],"subclusters":[],""");
    }

    [Test]
    public async Task The_status_right_after_a_start_has_every_vat()
    {
        await using TestHome home = new();
        string bundle = await VatBundles.WriteAsync(home.Root, "slow", "import { Far } from '@endo/far';\nexport const buildRootObject = () => { for (let i = 0; i < 300000; i += 1); return Far('root', { bootstrap: () => 1 }); };");
        await home.RunAsync("daemon", "exec", "launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"{{{bundle}}}"} ,"b":{"bundleSpec":"{{{bundle}}}"} } } }""");
        await home.RunAsync("daemon", "stop");
        using JsonDocument status = JsonDocument.Parse((await home.RunAsync("daemon", "exec", "getStatus")).Output);
        await Assert.That(status.RootElement.GetProperty("vats").EnumerateArray().Select(vat => vat.GetProperty("id").GetString()!)).IsEquivalentTo(["v1", "v2"]);
    }

    [Test]
    public async Task A_lost_bundle_is_said_with_the_whole_command_that_fetches_it_again()
    {
        await using TestHome home = new();
        string bundle = await VatBundles.WriteAsync(home.Root, "plain", "import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { bootstrap: () => 1, ping: () => 'pong' });");
        await home.RunAsync("daemon", "exec", "launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"{{{bundle}}}"} } } }""");
        await home.RunAsync("daemon", "stop");
        string kept = Directory.GetFiles(home.In("bundles")).Single();
        File.Delete(kept);
        Directory.CreateDirectory(kept);
        await home.RunAsync("daemon", "start");
        await Until(async () => (await home.RunAsync("daemon", "status")).Output.Contains(""". To fetch it afresh: ocap daemon exec restartVat '{"id":"v1"}'""", StringComparison.Ordinal));
        await Assert.That((await home.RunAsync("daemon", "exec", "restartVat", """{"id":"v1"}""")).ExitCode).IsEqualTo(0);
        await Assert.That((await home.RunAsync("daemon", "queueMessage", "ko4", "ping")).Output).IsEqualTo("\"pong\"\n");
        await Assert.That(File.Exists(kept)).IsTrue();
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (long start = Stopwatch.GetTimestamp(); !await condition();)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(20))
                throw new TimeoutException();
            await Task.Delay(50);
        }
    }

    /// <summary>A process that is stopped for as long as this is not disposed.</summary>
    private sealed class Pause : IDisposable
    {
        private readonly int _pid;

        private Pause(int pid) => _pid = pid;

        internal static async Task<Pause> OfAsync(int pid)
        {
            Pause pause = new(pid);
            using Process kill = Process.Start("kill", ["-STOP", $"{pid}"]);
            await kill.WaitForExitAsync();
            return pause;
        }

        public void Dispose()
        {
            using Process kill = Process.Start("kill", ["-CONT", $"{_pid}"]);
            kill.WaitForExit();
        }
    }
}
