using System.Diagnostics;
using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Hosts;

/// <summary>A vat host that dies, or must be killed: its vats come back from their state, and nobody else notices (design/reliability.md S7).</summary>
public sealed class HostDeathTests
{
    private const string Unruly = "ko4", Neighbour = "ko5", Apart = "ko6";

    /// <summary>The promise is a second. Who has the machine to themselves sees a tenth of it; what is asserted leaves room for those who have not.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(5);

    [Test]
    public async Task An_operation_that_nothing_can_interrupt_costs_its_vat_and_its_host_and_nobody_anything_that_was_acknowledged()
    {
        await using TestKernel kernel = await TestKernel.StartAsync(
            new("unruly", "unruly"), new("neighbour", "counter"), new("apart", "counter", Options: """{"isolation":"own"}"""));
        VatHostInfo[] before = await kernel.HostsAsync();
        int daemon = kernel.Home.DaemonPid;
        int counted = 0;
        Task<RpcReply> bomb = kernel.SendAsync(Unruly, "convert");
        while (!bomb.IsCompleted)
        {
            counted++;
            await Assert.That(await kernel.AskAsync(Neighbour, "count")).IsEqualTo(Text(counted));
            await Assert.That(await kernel.AskAsync(Apart, "count")).IsEqualTo(Text(counted));
            await Task.WhenAny(bomb, Task.Delay(50));
        }

        await Assert.That((await bomb).Message).StartsWith("[KERNEL:VAT_FATAL:CPU_LIMIT]");
        Stopwatch time = Stopwatch.StartNew();
        await Assert.That(await kernel.AskAsync(Neighbour, "count")).IsEqualTo(Text(counted + 1));
        TimeSpan back = time.Elapsed;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counted} messages meanwhile; the neighbour was back after {back.TotalMilliseconds:0} ms"));
        await Assert.That(back).IsLessThan(Back);

        VatHostInfo[] after = await kernel.HostsAsync();
        await Assert.That(after.Select(host => host.ToString())).IsEquivalentTo(["shared: v2", "own: v3"]);
        await Assert.That(After("own")).IsEqualTo(Before("own"));
        await Assert.That(After("shared")).IsNotEqualTo(Before("shared"));
        await Assert.That(TestHome.IsAlive(Before("shared"))).IsFalse();
        await Assert.That(await kernel.AskAsync(Neighbour, "starts")).IsEqualTo("2");
        await Assert.That(await kernel.AskAsync(Apart, "starts")).IsEqualTo("1");
        await Assert.That(kernel.Home.DaemonPid).IsEqualTo(daemon);
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();

        int Before(string kind) => before.Single(host => host.Kind == kind).Pid;
        int After(string kind) => after.Single(host => host.Kind == kind).Pid;
    }

    [Test]
    public async Task A_host_that_is_killed_under_load_loses_nothing_and_nothing_happens_twice()
    {
        await using TestKernel kernel = await TestKernel.StartAsync(new("one", "counter"), new("two", "counter"));
        using CancellationTokenSource enough = new();
        int[] counted = new int[2];
        Task[] senders = [CountAsync(0, "ko4"), CountAsync(1, "ko5")];
        for (int kill = 0; kill < 10; kill++)
        {
            // Both are back: killed again and again before it has done anything, a vat would be given up.
            int[] before = [.. counted];
            while ((counted[0] < before[0] + 3 || counted[1] < before[1] + 3) && !senders.Any(sender => sender.IsCompleted))
                await Task.Delay(5);
            foreach (VatHostInfo host in await kernel.HostsAsync())
                host.Kill();
        }

        await enough.CancelAsync();
        await Task.WhenAll(senders);
        await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo(Text(counted[0] + 1));
        await Assert.That(await kernel.AskAsync("ko5", "count")).IsEqualTo(Text(counted[1] + 1));
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1 v2");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();

        async Task CountAsync(int index, string root)
        {
            await using RpcClient client = await RpcClient.ConnectAsync(kernel.Socket);
            while (!enough.IsCancellationRequested)
            {
                await Assert.That((await client.SendAsync(root, "count")).Body).IsEqualTo(Text(counted[index] + 1));
                counted[index]++;
            }
        }
    }

    [Test]
    public async Task A_host_that_stands_still_is_replaced_and_its_vats_answer_again()
    {
        await using TestKernel kernel = await TestKernel.StartAsync(new("one", "counter"), new("apart", "counter", Options: """{"isolation":"own"}"""));
        VatHostInfo shared = (await kernel.HostsAsync()).Single(static host => host.Kind == "shared");
        await Command.RunAsync("/bin/sh", ["-c", $"kill -STOP {shared.Pid}"], kernel.Home.Environment);

        // The signal has been sent; until all its threads stand still the host may answer.
        await Assert.That(SpinWait.SpinUntil(() => StandsStill(shared.Pid), TimeSpan.FromSeconds(5))).IsTrue();
        Stopwatch time = Stopwatch.StartNew();
        Task<string> asked = kernel.AskAsync("ko4", "count");
        await Assert.That(await kernel.AskAsync("ko5", "count")).IsEqualTo("1");
        await Assert.That(await asked).IsEqualTo("1");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a frozen host's vat answered after {time.Elapsed.TotalSeconds:0.0} s"));
        await Assert.That(time.Elapsed).IsLessThan(TimeSpan.FromSeconds(10));
        await Assert.That(TestHome.IsAlive(shared.Pid)).IsFalse();
    }

    [Test]
    public async Task Hosts_that_die_leave_no_descriptor_behind()
    {
        await using TestKernel kernel = await TestKernel.StartAsync(new LaunchedVat("own", "counter", Options: """{"isolation":"own"}"""));
        await DieAsync(2);
        int before = Descriptors();
        await DieAsync(10);
        await Assert.That(Descriptors()).IsLessThanOrEqualTo(before + 1);

        int Descriptors() => Directory.GetFileSystemEntries($"/proc/{kernel.Home.DaemonPid}/fd").Length;

        async Task DieAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                await kernel.AskAsync("ko4", "count");
                VatHostInfo host = (await kernel.HostsAsync()).Single(static host => host.Kind == "own");
                host.Kill();
                await host.HasEndedAsync();
            }

            await kernel.AskAsync("ko4", "count");
        }
    }

    [Test]
    public async Task A_shared_host_that_dies_while_it_has_no_vats_is_back_before_the_next_launch()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        VatHostInfo first = await SharedAsync(0);
        first.Kill();
        VatHostInfo second = await SharedAsync(first.Pid);
        await kernel.LaunchAsync(new LaunchedVat("one", "counter"));
        await Assert.That((await kernel.HostsAsync()).Single().Pid).IsEqualTo(second.Pid);

        async Task<VatHostInfo> SharedAsync(int not)
        {
            for (int i = 0; ; i++)
            {
                if (await kernel.HostsAsync() is [{ Confinement.Length: > 0 } host] && host.Pid != not)
                    return host;
                await Assert.That(i).IsLessThan(400);
                await Task.Delay(25);
            }
        }
    }

    [Test]
    public async Task A_launch_whose_host_is_killed_succeeds_in_the_next_one()
    {
        await using TestKernel kernel = await TestKernel.StartAsync(new LaunchedVat("one", "counter"));
        for (int kill = 0; kill < 5; kill++)
        {
            Task<LaunchAnswer> launch = kernel.LaunchAsync(new("a", "counter"), new("b", "counter"));
            foreach (VatHostInfo host in await kernel.HostsAsync())
                host.Kill();
            await launch;

            // A vat that is killed three times while it starts waits for a person: this one gets its start done in between.
            await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo(Text(kill + 1));
        }

        await Assert.That((await kernel.SubclustersAsync()).Length).IsEqualTo(6);
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_daemon_that_ends_leaves_no_host_behind(bool inOrder)
    {
        await using TestKernel kernel = await TestKernel.StartAsync(new("one", "unruly"), new("two", "counter", Options: """{"isolation":"own"}"""));
        VatHostInfo[] hosts = await kernel.HostsAsync();
        await Assert.That(hosts.Length).IsEqualTo(2);
        Task<RpcReply> busy = kernel.SendAsync("ko4", "loop");
        if (inOrder)
            await kernel.StopAsync();
        else
            await kernel.KillAsync();
        foreach (VatHostInfo host in hosts)
            await Assert.That(await host.HasEndedAsync()).IsTrue();
        await Task.WhenAny(busy);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool StandsStill(int process) =>
        Directory.EnumerateDirectories($"/proc/{process}/task").All(static thread => File.ReadLines(Path.Combine(thread, "status")).Any(static line => line.StartsWith("State:\tT", StringComparison.Ordinal)));
}
