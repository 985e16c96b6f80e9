using System.Diagnostics;
using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

public sealed class SignalTests
{
    [Test]
    [Arguments("TERM", 0)]
    [Arguments("INT", 130)]
    [Arguments("HUP", 0)]
    public async Task In_the_foreground_a_signal_ends_the_daemon_in_order(string signal, int exitCode)
    {
        await using TestHome home = new();
        using Process daemon = Command.Start(OcapBinary.Path, ["daemon", "run"], home.Environment);
        await Assert.That(await daemon.StandardError.ReadLineAsync()).IsEqualTo("Daemon running. Socket: ~/.ocap/daemon.sock");
        await Assert.That((await home.RunAsync("daemon", "exec")).Error).IsEqualTo("");
        await SendAsync(home, signal, daemon.Id);
        await daemon.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.That(daemon.ExitCode).IsEqualTo(exitCode);
        await Assert.That(home.Files).DoesNotContain("daemon.sock").And.DoesNotContain("daemon.pid");
        await Assert.That(await File.ReadAllTextAsync(home.In("daemon.log"))).Contains($"Shutting down (SIG{signal})...");
    }

    [Test]
    public async Task A_detached_daemon_has_no_terminal_and_no_use_for_a_hang_up()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        int pid = home.DaemonPid;
        string[] stat = (await File.ReadAllTextAsync($"/proc/{pid}/stat")).Split(") ")[1].Split(' ');
        await Assert.That(stat[3]).IsEqualTo(pid.ToString(CultureInfo.InvariantCulture)); // session
        await SendAsync(home, "HUP", pid);
        await Assert.That((await home.RunAsync("daemon", "exec")).Error).IsEqualTo("");
        await Assert.That(home.DaemonPid).IsEqualTo(pid);
        foreach (string descriptor in (string[])["0", "1"])
            await Assert.That(new FileInfo($"/proc/{pid}/fd/{descriptor}").LinkTarget).IsEqualTo("/dev/null");
        await Assert.That(new FileInfo($"/proc/{pid}/fd/2").LinkTarget).IsEqualTo(home.In("daemon.log"));
    }

    [Test]
    public async Task Descriptors_of_the_caller_do_not_reach_the_daemon()
    {
        await using TestHome home = new();
        CommandResult result = await home.ShellAsync($"exec 7>{home.Root}/mine 9<{home.Root}; $OCAP daemon start");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        IEnumerable<string?> open = Directory.EnumerateFileSystemEntries($"/proc/{home.DaemonPid}/fd").Select(f => new FileInfo(f).LinkTarget);
        await Assert.That(open).DoesNotContain(home.Root + "/mine").And.DoesNotContain(home.Root);
    }

    [Test]
    public async Task A_second_daemon_in_the_foreground_is_told_who_has_the_home()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        CommandResult result = await home.RunAsync("daemon", "run");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", $"Daemon is already running (pid {home.DaemonPid}) under {home.Ocap}. Use 'ocap daemon stop' first.\n"));
        await Assert.That((await home.RunAsync("daemon", "status")).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_daemon_that_does_not_react_is_killed_in_the_end()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        int pid = home.DaemonPid;
        await SendAsync(home, "STOP", pid);
        Stopwatch time = Stopwatch.StartNew();
        CommandResult result = await home.RunAsync("daemon", "stop");
        await Assert.That(result).IsEqualTo(new CommandResult(0, "", "Stopping daemon...\nDaemon stopped.\n"));
        await Assert.That(TestHome.IsAlive(pid)).IsFalse();
        await Assert.That(time.Elapsed).IsLessThan(TimeSpan.FromSeconds(25));
    }

    private static Task SendAsync(TestHome home, string signal, int pid) => home.ShellAsync(string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {pid}"));
}
