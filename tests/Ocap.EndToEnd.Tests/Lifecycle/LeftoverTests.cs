using System.Diagnostics;
using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

public sealed class LeftoverTests
{
    [Test]
    public async Task After_a_sudden_death_the_next_command_starts_a_daemon_over_what_is_left()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        int pid = home.KillDaemon();
        await Assert.That(home.Files).Contains("daemon.sock").And.Contains("daemon.pid");
        CommandResult result = await home.RunAsync("daemon", "exec");
        await Assert.That(result.Error).IsEqualTo("Starting daemon...\nDaemon ready.\n");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(home.DaemonPid).IsNotEqualTo(pid);
    }

    [Test]
    public async Task After_a_sudden_death_stop_says_that_nothing_runs()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        home.KillDaemon();
        await Assert.That(await home.RunAsync("daemon", "stop")).IsEqualTo(new CommandResult(0, "", "Daemon is not running.\n"));
        await Assert.That(home.Files).DoesNotContain("daemon.pid");
        await Assert.That((await home.RunAsync("daemon", "status")).ExitCode).IsEqualTo(3);
    }

    [Test]
    public async Task A_process_that_only_has_the_number_of_a_daemon_is_never_signalled()
    {
        await using TestHome home = new();
        using Process bystander = Process.Start("/bin/sleep", "60");
        try
        {
            await home.RunAsync("daemon", "start");
            await home.RunAsync("daemon", "stop");
            string number = bystander.Id.ToString(CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(home.In("daemon.pid"), number);
            await File.WriteAllTextAsync(home.In("daemon.lock"), number + "\n0.0.0\n");
            await Assert.That((await home.RunAsync("daemon", "stop")).Error).IsEqualTo("Daemon is not running.\n");
            await File.WriteAllTextAsync(home.In("daemon.pid"), number);
            await Assert.That((await home.RunAsync("daemon", "exec")).Error).IsEqualTo("Starting daemon...\nDaemon ready.\n");
            await Assert.That((await home.RunAsync("daemon", "stop")).Error).IsEqualTo("Stopping daemon...\nDaemon stopped.\n");
            await Assert.That(bystander.HasExited).IsFalse();
        }
        finally
        {
            bystander.Kill();
        }
    }

    [Test]
    public async Task A_lock_held_under_a_number_that_means_another_process_here_is_left_alone()
    {
        await using TestHome home = new();
        using Process bystander = Process.Start("/bin/sleep", "60");
        await home.RunAsync("daemon", "start");
        await home.RunAsync("daemon", "stop");
        await File.WriteAllTextAsync(home.In("daemon.lock"), string.Create(CultureInfo.InvariantCulture, $"{bystander.Id}\n0.0.0\n"));
        using Process holder = Command.Start("flock", ["-x", home.In("daemon.lock"), "-c", "echo held; sleep 60"], home.Environment);
        try
        {
            await Assert.That(await holder.StandardOutput.ReadLineAsync()).IsEqualTo("held");
            CommandResult stop = await home.RunAsync("daemon", "stop");
            await Assert.That(stop).IsEqualTo(new CommandResult(1, "", "Stopping daemon...\nDaemon did not stop within timeout.\n"));
            CommandResult purge = await home.RunAsync("daemon", "purge", "--force");
            await Assert.That(purge.ExitCode).IsEqualTo(1);
            await Assert.That(purge.Error).EndsWith("Refusing to delete state while the daemon is still running.\n");
            await Assert.That(bystander.HasExited).IsFalse();
        }
        finally
        {
            holder.Kill(entireProcessTree: true);
            bystander.Kill();
        }
    }

    [Test]
    public async Task A_lock_file_that_is_a_link_is_refused()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        await home.RunAsync("daemon", "stop");
        File.Delete(home.In("daemon.lock"));
        File.CreateSymbolicLink(home.In("daemon.lock"), Path.Combine(home.Root, "target"));
        CommandResult result = await home.RunAsync("daemon", "start");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains($"{home.In("daemon.lock")} is a symbolic link");
    }

    [Test]
    public async Task Why_a_daemon_does_not_start_is_passed_on_with_the_logs_place()
    {
        await using TestHome home = new();
        string inTheWay = Path.Combine(home.Root, "document.txt");
        await File.WriteAllTextAsync(inTheWay, "precious");
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = inTheWay }, "daemon", "exec");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "",
            $"Starting daemon...\n{inTheWay} is not a socket, so it is not removed. Move it away, or choose another OCAP_SOCKET_PATH. Its log: {home.In("daemon.log")}\n"));
        await Assert.That(await File.ReadAllTextAsync(inTheWay)).IsEqualTo("precious");
        await Assert.That(home.Daemons().Any()).IsFalse();
    }

    [Test]
    public async Task A_daemon_whose_home_was_removed_ends_by_itself()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        int pid = home.DaemonPid;
        Directory.Move(home.Ocap, Path.Combine(home.Root, "elsewhere"));
        for (long start = Stopwatch.GetTimestamp(); TestHome.IsAlive(pid) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20);)
            await Task.Delay(100);
        await Assert.That(TestHome.IsAlive(pid)).IsFalse();
    }

    [Test]
    public async Task A_daemon_whose_home_was_removed_takes_nothing_of_the_next_one_with_it()
    {
        await using TestHome home = new();
        CommandResult told = await home.ShellAsync(
            """
            "$OCAP" daemon start >/dev/null 2>&1
            first=$(cat "$HOME/.ocap/daemon.pid")
            until rm -rf "$HOME/.ocap" 2>/dev/null; do :; done
            "$OCAP" daemon start >/dev/null 2>&1
            second=$(cat "$HOME/.ocap/daemon.pid")
            kill "$first"
            for i in $(seq 200); do kill -0 "$first" 2>/dev/null || break; sleep 0.05; done
            kill -0 "$first" 2>/dev/null && echo "the first one lives on"
            [ "$first" != "$second" ] && [ "$(cat "$HOME/.ocap/daemon.pid")" = "$second" ] && "$OCAP" daemon exec isRevoked '{"kref":"ko1"}'
            """);
        await Assert.That((told.ExitCode, told.Output.Trim())).IsEqualTo((0, "false"));
    }
}
