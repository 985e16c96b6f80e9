using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Lifecycle;

public sealed class HomeTests
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ClosedDirectory = Closed | UnixFileMode.UserExecute;

    [Test]
    public async Task A_socket_in_a_directory_that_is_not_there_is_said_with_the_directory()
    {
        await using TestHome home = new();
        string directory = Path.Combine(home.Root, "nodir");
        CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = Path.Combine(directory, "x") }, "daemon", "start");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains($"Cannot listen on {directory}/x: No such file or directory. There is no directory {directory}: make it, or choose another OCAP_SOCKET_PATH.");
    }

    [Test]
    public async Task A_umask_that_takes_everything_away_leaves_a_home_that_its_owner_can_use()
    {
        await using TestHome home = new();
        await home.ShellAsync("umask 777; $OCAP --home $HOME/a/b daemon start");
        await Assert.That((await home.ShellAsync("umask 777; $OCAP --home $HOME/a/b daemon stop")).ExitCode).IsEqualTo(0);
        CommandResult modes = await home.ShellAsync("stat -c %a $HOME/a/b $HOME/a/b/spawn.lock $HOME/a/b/daemon.lock");
        await Assert.That(modes.Output).IsEqualTo("700\n600\n600\n");
    }

    [Test]
    public async Task Whatever_the_umask_nothing_is_open_to_others()
    {
        await using TestHome home = new();
        CommandResult result = await home.ShellAsync("umask 000; $OCAP daemon exec");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(File.GetUnixFileMode(home.Ocap)).IsEqualTo(ClosedDirectory);
        foreach (string file in Directory.EnumerateFiles(home.Ocap))
            await Assert.That(File.GetUnixFileMode(file)).IsEqualTo(Closed).Because(file);
    }

    [Test]
    public async Task A_home_that_others_can_read_is_closed_with_a_word()
    {
        await using TestHome home = new();
        await home.ShellAsync($"umask 022; mkdir {home.Ocap}; touch {home.Ocap}/kernel.txt {home.Ocap}/notes");
        CommandResult result = await home.RunAsync("daemon", "exec");
        await Assert.That(result.Error).IsEqualTo($"Closed {home.Ocap} to other users: it is 0700 now, its files 0600.\nStarting daemon...\nDaemon ready.\n");
        await Assert.That(File.GetUnixFileMode(home.Ocap)).IsEqualTo(ClosedDirectory);
        await Assert.That(File.GetUnixFileMode(home.In("notes"))).IsEqualTo(Closed);
    }

    [Test]
    public async Task A_home_that_others_can_change_is_refused_with_the_command_to_type()
    {
        await using TestHome home = new();
        await home.ShellAsync($"umask 000; mkdir {home.Ocap}");
        CommandResult result = await home.RunAsync("daemon", "exec");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", $"{home.Ocap} can be changed by other users (mode 0777). If you trust what is in it, type: chmod 700 {home.Ocap}\n"));
        await Assert.That(home.Files).IsEmpty();
        await home.ShellAsync($"chmod 700 {home.Ocap}");
        await Assert.That((await home.RunAsync("daemon", "exec")).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_home_of_somebody_else_is_refused()
    {
        await using TestHome home = new();
        if (!Environment.IsPrivilegedProcess)
            return; // only root can make one
        await home.ShellAsync($"mkdir -m 700 {home.Ocap}; chown 65534 {home.Ocap}");
        foreach (string[] verb in (string[][])[["exec"], ["stop"], ["status"], ["purge", "--force"], ["run"]])
        {
            CommandResult result = await home.RunAsync(["daemon", .. verb]);
            await Assert.That(result).IsEqualTo(new CommandResult(1, "",
                $"{home.Ocap} belongs to user 65534, and you are user 0. Choose another home with --home, or take this one over: sudo chown -R 0 {home.Ocap}\n"));
        }
        await Assert.That(home.Files).IsEmpty();
    }

    [Test]
    public async Task Sudo_in_somebodys_home_is_refused_before_anything_is_made()
    {
        await using TestHome home = new();
        if (!Environment.IsPrivilegedProcess)
            return; // only root can be root
        await home.ShellAsync($"chown 65534 {home.User}");
        CommandResult result = await home.RunWithAsync(new() { ["SUDO_UID"] = "65534" }, "daemon", "exec");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).StartsWith($"sudo runs ocap as root, but {home.Ocap} is in a place of user 65534").And.Contains("Run ocap without sudo");
        await Assert.That(Directory.Exists(home.Ocap)).IsFalse();
    }

    [Test]
    public async Task A_socket_that_somebody_else_listens_on_is_told_nothing()
    {
        await using TestHome home = new();
        if (!Environment.IsPrivilegedProcess)
            return; // only root can be two users
        await home.ShellAsync($"chmod 777 {home.Root}");
        string path = Path.Combine(home.Root, "squat.sock");
        string reachable = Path.Combine(home.Root, "ocap"); // the other user may not be able to go where ours is
        File.Copy(OcapBinary.Path, reachable);
        using System.Diagnostics.Process squatter = Command.Start(
            "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", reachable, "daemon", "run"],
            home.With(new() { ["OCAP_HOME"] = Path.Combine(home.Root, "theirs"), ["OCAP_SOCKET_PATH"] = path }));
        try
        {
            await Assert.That(await squatter.StandardError.ReadLineAsync()).StartsWith("Daemon running.");
            CommandResult result = await home.RunWithAsync(new() { ["OCAP_SOCKET_PATH"] = path }, "daemon", "exec");
            await Assert.That(result).IsEqualTo(new CommandResult(1, "",
                $"What listens on {path} belongs to user 65534, and you are user 0. Choose another home with --home, or unset OCAP_SOCKET_PATH.\n"));
        }
        finally
        {
            squatter.Kill();
        }
    }

    [Test]
    public async Task Without_HOME_it_is_said_what_to_set()
    {
        await using TestHome home = new();
        CommandResult result = await home.RunWithAsync(new() { ["HOME"] = null }, "daemon", "exec");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", "HOME is not set, so there is no place for the daemon's state. Set HOME or OCAP_HOME, or pass --home <dir>.\n"));
        await Assert.That((await home.RunWithAsync(new() { ["HOME"] = null, ["OCAP_HOME"] = home.Ocap }, "daemon", "exec")).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_home_that_is_a_file_is_refused()
    {
        await using TestHome home = new();
        await File.WriteAllTextAsync(home.Ocap, "");
        CommandResult result = await home.RunAsync("daemon", "exec");
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", $"{home.Ocap} is not a directory. Choose another home with --home or OCAP_HOME.\n"));
    }

    [Test]
    public async Task A_long_home_has_its_socket_in_the_runtime_directory_whatever_way_it_is_spelled()
    {
        await using TestHome home = new();
        string far = Path.Combine(home.Root, new string('x', 60), new string('y', 60));
        string link = Path.Combine(home.Root, new string('z', 100));
        Directory.CreateDirectory(Path.GetDirectoryName(far)!);
        Directory.CreateSymbolicLink(link, Path.GetDirectoryName(far)!);
        string runtime = Directory.CreateDirectory(Path.Combine(home.Root, "run"), ClosedDirectory).FullName;
        Dictionary<string, string?> environment = new() { ["XDG_RUNTIME_DIR"] = runtime };
        CommandResult started = await home.RunWithAsync(environment, "--home", far, "daemon", "start");
        await Assert.That(started.Error).Contains($"Daemon running. Socket: {runtime}/ocap-");
        CommandResult status = await home.RunWithAsync(environment, "--home", Path.Combine(link, new string('y', 60)), "daemon", "status");
        await Assert.That(status.Output).Contains($"socket   {runtime}/ocap-");
        CommandResult nowhere = await home.RunAsync("--home", far + "2", "daemon", "start");
        await Assert.That(nowhere.ExitCode).IsEqualTo(1);
        await Assert.That(nowhere.Error).Contains("is longer than the 103 bytes").And.Contains("set OCAP_SOCKET_PATH");
    }
}
