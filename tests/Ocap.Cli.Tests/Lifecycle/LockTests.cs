using System.Runtime.InteropServices;
using Ocap.Daemon.Home;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Tests.Lifecycle;

public sealed class LockTests
{
    [Test]
    public async Task One_holds_it_and_the_next_waits_until_it_is_free()
    {
        using Scratch scratch = new();
        using FileLock first = FileLock.Open(scratch.In("l"));
        using FileLock second = FileLock.Open(scratch.In("l"));
        await Assert.That(first.TryTake()).IsTrue();
        await Assert.That(second.TryTake()).IsFalse();
        await Assert.That(second.IsTaken()).IsTrue();
        Task waiting = Task.Run(second.Take);
        await Assert.That(await Task.WhenAny(waiting, Task.Delay(100))).IsNotEqualTo(waiting);
        first.Dispose();
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task Asking_does_not_take_it()
    {
        using Scratch scratch = new();
        using FileLock one = FileLock.Open(scratch.In("l"));
        using FileLock other = FileLock.Open(scratch.In("l"));
        await Assert.That(one.IsTaken()).IsFalse();
        await Assert.That(other.TryTake()).IsTrue();
    }

    [Test]
    public async Task The_file_is_private_and_stays()
    {
        using Scratch scratch = new();
        FileLock.Open(scratch.In("l")).Dispose();
        await Assert.That(File.GetUnixFileMode(scratch.In("l"))).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Assert.That(FileLock.OpenExisting(scratch.In("none"))).IsNull();
        await Assert.That(FileLock.OpenExisting(scratch.In("l/none"))).IsNull();
        await Assert.That(() => FileLock.Open(scratch.In("none/l"))).Throws<DaemonException>();
    }

    [Test]
    public async Task A_link_is_refused()
    {
        using Scratch scratch = new();
        File.CreateSymbolicLink(scratch.In("l"), scratch.In("target"));
        await Assert.That(() => FileLock.Open(scratch.In("l"))).Throws<DaemonException>();
        await Assert.That(File.Exists(scratch.In("target"))).IsFalse();
    }

    [Test]
    public async Task The_holder_is_known_by_pid_and_version_while_it_holds()
    {
        using Scratch scratch = new();
        using DaemonLock held = DaemonLock.Open(scratch.Home);
        await Assert.That(held.TryTake()).IsTrue();
        held.Sign(Environment.ProcessId, "1.2.3-long-version");
        held.Sign(Environment.ProcessId, "1.2.3");
        using DaemonLock look = DaemonLock.Look(scratch.Home)!;
        await Assert.That(look.Signature()).IsEqualTo((Environment.ProcessId, "1.2.3"));
        using (HolderProcess? holder = look.Holder())
            await Assert.That(holder!.Pid).IsEqualTo(Environment.ProcessId);
        held.Dispose();
        await Assert.That(look.Holder()).IsNull();
        await Assert.That(look.WhenFree().Wait(TimeSpan.FromSeconds(10))).IsTrue();
    }

    [Test]
    public async Task A_pid_that_is_not_the_holders_is_nobody()
    {
        using Scratch scratch = new();
        using DaemonLock held = DaemonLock.Open(scratch.Home);
        await Assert.That(held.TryTake()).IsTrue();
        held.Sign(1, "1.2.3");
        using DaemonLock look = DaemonLock.Look(scratch.Home)!;
        await Assert.That(look.Holder()).IsNull();
        await Assert.That(look.WhenFree().Wait(TimeSpan.FromMilliseconds(50))).IsFalse();
    }

    [Test]
    [Arguments("")]
    [Arguments("x\ny\n")]
    [Arguments("-5\n")]
    [Arguments("0\n")]
    [Arguments("99999999999999\n")]
    public async Task A_lock_that_says_nothing_useful_names_nobody(string content)
    {
        using Scratch scratch = new();
        await File.WriteAllTextAsync(scratch.Home.DaemonLock, content);
        using DaemonLock look = DaemonLock.Look(scratch.Home)!;
        await Assert.That(look.Signature().Pid).IsNull();
        await Assert.That(look.Holder()).IsNull();
    }

    [Test]
    public async Task The_first_reason_to_end_counts_and_a_second_signal_does_not_wait()
    {
        List<int> ended = [];
        using ShutdownSignal shutdown = new(detached: true, ended.Add);
        shutdown.Receive(PosixSignal.SIGHUP);
        await Assert.That(shutdown.Requested.IsCompleted).IsFalse();
        shutdown.Request("RPC shutdown");
        shutdown.Receive(PosixSignal.SIGTERM);
        await Assert.That(await shutdown.Requested).IsEqualTo("RPC shutdown");
        await Assert.That(ended).IsEmpty();
        shutdown.Receive(PosixSignal.SIGTERM);
        await Assert.That(ended).IsEquivalentTo((int[])[143]);
    }

    [Test]
    public async Task In_the_foreground_a_hang_up_is_a_reason()
    {
        using ShutdownSignal shutdown = new(detached: false, _ => { });
        shutdown.Receive(PosixSignal.SIGHUP);
        await Assert.That(await shutdown.Requested).IsEqualTo("SIGHUP");
    }

    [Test]
    public async Task Readiness_survives_its_line()
    {
        Readiness ready = new(7, "1.2.3", null);
        await Assert.That(Readiness.Parse(ready.ToLine())).IsEqualTo(ready);
        await Assert.That(Readiness.Parse(Readiness.Failed("no \"way\"\n").ToLine())!.Error).IsEqualTo("no \"way\"\n");
        await Assert.That(Readiness.Parse("{}"u8)).IsNull();
        await Assert.That(Readiness.Parse("Segmentation fault"u8)).IsNull();
        await Assert.That(Readiness.Parse("""{"ready":"yes"}"""u8)).IsNull();
    }
}
