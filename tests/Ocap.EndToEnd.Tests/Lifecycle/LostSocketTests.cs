using System.Diagnostics;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

/// <summary>A daemon whose socket's file alone is removed.</summary>
public sealed class LostSocketTests
{
    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_daemon_whose_socket_is_removed_listens_anew(bool isElsewhere)
    {
        await using TestHome home = new();
        string socket = isElsewhere ? Path.Combine(home.Root, "run", "d.sock") : home.In("daemon.sock");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(home.Root, "run", "d.sock"))!);
        Dictionary<string, string?> changes = isElsewhere ? new() { ["OCAP_SOCKET_PATH"] = socket } : [];
        await home.RunWithAsync(changes, "daemon", "start");
        int pid = home.DaemonPid;
        using RawConnection open = await RawConnection.OpenAsync(socket);
        for (int i = 0; i < 3; i++)
        {
            File.Delete(socket);
            // A command that comes in between waits for it.
            CommandResult result = await home.RunWithAsync(changes, "daemon", "exec", "getStatus");
            await Assert.That((result.ExitCode, result.Error)).IsEqualTo((0, ""));
            await Assert.That(home.DaemonPid).IsEqualTo(pid);
            await Assert.That(File.GetUnixFileMode(socket)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        // Who was connected stays so.
        await open.WriteAsync("""{"id":1,"method":"getDaemonInfo"}""" + "\n");
        await Assert.That(await open.ReadLineAsync()).Contains("\"id\":1,\"result\"");
        await Assert.That((await home.RunWithAsync(changes, "daemon", "status")).ExitCode).IsEqualTo(0);
        await Assert.That(await home.RunWithAsync(changes, "daemon", "stop")).IsEqualTo(new CommandResult(0, "", "Stopping daemon...\nDaemon stopped.\n"));
        await Assert.That(File.Exists(socket)).IsFalse();
        await Assert.That(await File.ReadAllTextAsync(home.In("daemon.log"))).Contains($"{socket} was removed; the daemon listens there anew.");
    }

    [Test]
    [Arguments("stop")]
    [Arguments("purge")]
    public async Task A_daemon_whose_socket_has_just_been_removed_can_be_ended(string verb)
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        int pid = home.DaemonPid;
        File.Delete(home.In("daemon.sock"));
        CommandResult result = await (verb is "stop" ? home.RunAsync("daemon", "stop") : home.RunAsync("daemon", "purge", "--force"));
        await Assert.That((result.ExitCode, result.Error)).IsEqualTo((0, "Stopping daemon...\nDaemon stopped.\n" + (verb is "purge" ? "All daemon state deleted.\n" : "")));
        await Assert.That(TestHome.IsAlive(pid)).IsFalse();
        await Assert.That(File.Exists(home.In("daemon.sock"))).IsFalse();
    }

    [Test]
    public async Task A_home_that_is_removed_is_not_found_with_a_new_socket_in_it()
    {
        await using TestHome home = new();
        await home.RunAsync("daemon", "start");
        int pid = home.DaemonPid;
        // It may find that the daemon, which ends, has been faster with some files.
        await home.ShellAsync($"rm -rf {home.Ocap}");
        for (long start = Stopwatch.GetTimestamp(); TestHome.IsAlive(pid) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20);)
            await Task.Delay(50);
        await Assert.That((TestHome.IsAlive(pid), File.Exists(home.In("daemon.sock")))).IsEqualTo((false, false));
    }
}
