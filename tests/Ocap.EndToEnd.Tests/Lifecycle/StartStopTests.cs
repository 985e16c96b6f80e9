using System.Globalization;
using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

public sealed class StartStopTests
{
    private static readonly CommandResult Stopped = new(0, "", "Stopping daemon...\nDaemon stopped.\n");

    [Test]
    [Arguments("daemon start")]
    [Arguments("daemon")]
    public async Task Start_starts_once_and_confirms_from_then_on(string line)
    {
        await using TestHome home = new();
        const string running = "Daemon running. Socket: ~/.ocap/daemon.sock\n";
        CommandResult first = await home.RunAsync(line.Split(' '));
        await Assert.That(first).IsEqualTo(new CommandResult(0, "", "Starting daemon...\nDaemon ready.\n" + running));
        CommandResult second = await home.RunAsync(line.Split(' '));
        await Assert.That(second).IsEqualTo(new CommandResult(0, "", running));
        await Assert.That(home.Daemons().Count()).IsEqualTo(1);
    }

    [Test]
    public async Task Stop_returns_when_the_process_is_gone_and_leaves_only_state()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        int pid = home.DaemonPid;
        await Assert.That(await File.ReadAllTextAsync(home.In("daemon.pid"))).IsEqualTo(pid.ToString(CultureInfo.InvariantCulture));
        await Assert.That(await home.RunAsync("daemon", "stop")).IsEqualTo(Stopped);
        await Assert.That(TestHome.IsAlive(pid)).IsFalse();
        await Assert.That(home.Files).DoesNotContain("daemon.sock").And.DoesNotContain("daemon.pid").And.Contains("daemon.lock");
        await Assert.That(await home.RunAsync("daemon", "stop")).IsEqualTo(new CommandResult(0, "", "Daemon is not running.\n"));
    }

    [Test]
    public async Task Stop_without_a_home_makes_none()
    {
        await using TestHome home = new();
        await Assert.That(await home.RunAsync("daemon", "stop")).IsEqualTo(new CommandResult(0, "", "Daemon is not running.\n"));
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();
    }

    [Test]
    public async Task Status_says_how_the_daemon_is_and_never_starts_one()
    {
        await using TestHome home = new();
        await Assert.That(await home.RunAsync("daemon", "status")).IsEqualTo(new CommandResult(3, "", "Daemon is not running.\n"));
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();

        await home.RunAsync("daemon", "start");
        CommandResult text = await home.RunAsync("daemon", "status");
        await Assert.That(text.ExitCode).IsEqualTo(0);
        await Assert.That(text.Output).StartsWith($"Daemon is running.\n  pid      {home.DaemonPid}\n  version  ").And.Contains("\n  socket   ~/.ocap/daemon.sock\n")
            .And.Contains("\n  home     ~/.ocap\n").And.Contains("\n  uptime   ").And.Contains("\n  vats     0 running, 0 starting, 0 failed\n").And.EndsWith("\n  log      ~/.ocap/daemon.log\n");
        CommandResult json = await home.RunAsync("daemon", "status", "--json");
        using JsonDocument info = JsonDocument.Parse(json.Output);
        await Assert.That(info.RootElement.GetProperty("pid").GetInt32()).IsEqualTo(home.DaemonPid);

        await home.RunAsync("daemon", "stop");
        await Assert.That((await home.RunAsync("daemon", "status", "--json")).Output).StartsWith("{\"running\":false,");
    }

    [Test]
    public async Task Restart_replaces_the_process()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        int before = home.DaemonPid;
        CommandResult result = await home.RunAsync("daemon", "restart");
        await Assert.That(result).IsEqualTo(new CommandResult(0, "", "Stopping daemon...\nDaemon stopped.\nStarting daemon...\nDaemon ready.\nDaemon running. Socket: ~/.ocap/daemon.sock\n"));
        await Assert.That(home.DaemonPid).IsNotEqualTo(before);
        await Assert.That(TestHome.IsAlive(before)).IsFalse();
    }

    [Test]
    public async Task Shutdown_by_RPC_is_answered_and_done()
    {
        await using TestHome home = new();
        CommandResult result = await home.RunAsync("daemon", "exec", "shutdown");
        await Assert.That(result.Output).IsEqualTo("""{"status":"shutting down"}""" + "\n");
        // The next command waits for the old daemon to leave, and gets a new one.
        CommandResult next = await home.RunAsync("daemon", "exec");
        await Assert.That(next.ExitCode).IsEqualTo(0);
        await Assert.That(home.Daemons().Count()).IsEqualTo(1);
        await Assert.That(await File.ReadAllTextAsync(home.In("daemon.log"))).Contains("[info] Shutting down (RPC shutdown)... \n");
    }

    [Test]
    public async Task Purge_deletes_the_state_and_nothing_else()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        string outside = Directory.CreateDirectory(Path.Combine(home.Root, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "precious"), "");
        foreach (string name in (string[])["kernel.sqlite-wal", "kernel.sqlite-shm", "kernel.sqlite-journal", "kernel.sqlite", "identity.json", "daemon.log.1", "daemon.log.old", "notes.txt"])
        {
            if (!File.Exists(home.In(name)))
                await File.WriteAllTextAsync(home.In(name), "");
        }
        Directory.CreateDirectory(home.In("bundles"));
        await File.WriteAllTextAsync(home.In("bundles/x.bundle"), "");
        Directory.CreateSymbolicLink(home.In("bundles/link"), outside);

        CommandResult result = await home.RunAsync("daemon", "purge", "--force");
        await Assert.That(result).IsEqualTo(new CommandResult(0, "", "Stopping daemon...\nDaemon stopped.\nAll daemon state deleted.\n"));
        await Assert.That(home.Files).IsEquivalentTo((string[])["daemon.lock", "daemon.log.old", "notes.txt", "spawn.lock"]);
        await Assert.That(File.Exists(Path.Combine(outside, "precious"))).IsTrue();
        await Assert.That(await home.RunAsync("daemon", "begone", "--force")).IsEqualTo(new CommandResult(0, "", "Daemon is not running.\nAll daemon state deleted.\n"));
    }

    [Test]
    public async Task Two_homes_have_two_daemons()
    {
        await using TestHome home = new();
        string other = Path.Combine(home.Root, "other");
        await home.RunAsync("daemon", "start");
        CommandResult started = await home.RunAsync("daemon", "start", "--home", other);
        await Assert.That(started.Error).EndsWith($"Daemon running. Socket: {other}/daemon.sock\n");
        await Assert.That(home.Daemons().Count()).IsEqualTo(2);
        await Assert.That(await home.RunAsync("--home=" + other, "daemon", "stop")).IsEqualTo(Stopped);
        await Assert.That((await home.RunAsync("daemon", "status")).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task The_socket_variable_is_obeyed_by_daemon_and_clients_unless_the_home_is_named()
    {
        await using TestHome home = new();
        Dictionary<string, string?> elsewhere = new() { ["OCAP_SOCKET_PATH"] = Path.Combine(home.Root, "s.sock") };
        CommandResult started = await home.RunWithAsync(elsewhere, "daemon", "start");
        await Assert.That(started.Error).EndsWith($"Daemon running. Socket: {home.Root}/s.sock\n");
        await Assert.That((await home.RunWithAsync(elsewhere, "daemon", "exec")).Error).IsEqualTo("");
        // With --home the home's own socket counts, and there the daemon does not listen: it is said what to do, and stop still finds it.
        CommandResult named = await home.RunWithAsync(elsewhere, "daemon", "status", "--home", home.Ocap);
        await Assert.That(named.ExitCode).IsEqualTo(1);
        await Assert.That(await home.RunWithAsync(elsewhere, "daemon", "stop", "--home", home.Ocap)).IsEqualTo(Stopped);
    }

    [Test]
    public async Task Stop_never_asks_the_daemon_of_another_home()
    {
        await using TestHome home = new();
        string other = Path.Combine(home.Root, "other");
        await home.RunAsync("daemon", "start");
        await home.RunAsync("daemon", "start", "--home", other);
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_HOME"] = other, ["OCAP_SOCKET_PATH"] = home.In("daemon.sock") }, "daemon", "stop");
        await Assert.That(result).IsEqualTo(Stopped);
        await Assert.That((await home.RunAsync("daemon", "status")).ExitCode).IsEqualTo(0);
        await Assert.That((await home.RunAsync("daemon", "status", "--home", other)).ExitCode).IsEqualTo(3);
    }

    [Test]
    public async Task A_daemon_of_another_version_is_mentioned_in_a_line()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        string version = (await home.RunAsync("--version")).Output.Trim();
        await home.ShellAsync($"printf '{home.DaemonPid}\\n9.9.9\\n' > {home.In("daemon.lock")}");
        CommandResult result = await home.RunAsync("daemon", "exec");
        await Assert.That(result.Error).IsEqualTo($"The daemon is version 9.9.9, this ocap is {version}. To run this version: ocap daemon restart\n");
        await Assert.That(result.ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task Logs_are_printed_and_followed()
    {
        await using TestHome home = new();
        await Assert.That((await home.RunAsync("daemon", "logs")).ExitCode).IsEqualTo(1);
        await home.RunAsync("daemon", "start");
        CommandResult all = await home.RunAsync("daemon", "logs");
        await Assert.That(all.Output).Contains("Daemon started.");
        await Assert.That(await File.ReadAllTextAsync(home.In("daemon.log"))).StartsWith(all.Output);

        using System.Diagnostics.Process follower = Command.Start(OcapBinary.Path, ["daemon", "logs", "-f"], home.Environment);
        try
        {
            using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
            await Assert.That(await follower.StandardOutput.ReadLineAsync(late.Token)).Contains("Daemon started.");
            File.Move(home.In("daemon.log"), home.In("daemon.log.1"));
            await File.WriteAllTextAsync(home.In("daemon.log"), "after rotation\n", late.Token);
            await SeesAsync("after rotation");
            await File.AppendAllTextAsync(home.In("daemon.log"), "and more\n", late.Token);
            await SeesAsync("and more");

            // The daemon writes lines of its own when it likes.
            async Task SeesAsync(string line)
            {
                while (await follower.StandardOutput.ReadLineAsync(late.Token) is { } seen && seen != line)
                    await Assert.That(seen).StartsWith("[");
            }
        }
        finally
        {
            follower.Kill();
        }
    }
}
