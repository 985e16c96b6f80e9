using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Hosts;

/// <summary>Who lives with whom, and what a process for vats has.</summary>
public sealed class HostTests
{
    [Test]
    public async Task Vats_share_one_process_unless_they_ask_for_less_company()
    {
        await using TestKernel kernel = await TestKernel.StartAsync(
            new("a", "counter"), new("b", "counter", Options: """{"isolation":"own"}"""),
            new("c", "counter", Options: """{"isolation":"subcluster"}"""), new("d", "counter", Options: """{"isolation":"subcluster"}"""));
        await kernel.LaunchAsync(new LaunchedVat("e", "counter"));
        await Assert.That(await DescribeAsync(kernel)).IsEqualTo("own: v2; s1: v3 v4; shared: v1 v5");
        await Assert.That(await kernel.AskAsync("ko4", "countAll", "[\"b\",\"c\",\"d\"]")).IsEqualTo("[1,1,1]");

        await kernel.RestartAsync();
        await Assert.That(await kernel.AskAsync("ko4", "countAll", "[\"b\",\"c\",\"d\"]")).IsEqualTo("[2,2,2]");
        await Assert.That(await kernel.AskAsync("ko8", "count")).IsEqualTo("1");
        await Assert.That(await DescribeAsync(kernel)).IsEqualTo("own: v2; s1: v3 v4; shared: v1 v5");

        VatHostInfo[] hosts = await kernel.HostsAsync();
        await kernel.CallAsync("terminateSubcluster", """{"id":"s1"}""");
        foreach (VatHostInfo host in hosts.Where(host => host.Kind != "shared"))
            await Assert.That(await host.HasEndedAsync()).IsTrue();
        await Assert.That(await DescribeAsync(kernel)).IsEqualTo("shared: v5");
    }

    [Test]
    public async Task The_shared_process_is_there_before_the_first_vat_and_idles_without_using_the_processor()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        VatHostInfo[] hosts = [];
        for (int i = 0; i < 200 && !(hosts is [{ Confinement.Length: > 0 }]); i++)
        {
            await Task.Delay(25);
            hosts = await kernel.HostsAsync();
        }

        await kernel.LaunchAsync(new LaunchedVat("a", "counter"));
        VatHostInfo host = (await kernel.HostsAsync()).Single();
        await Assert.That(host.Pid).IsEqualTo(hosts.Single().Pid);

        // The watch over busy hosts goes on for a few seconds.
        await Task.Delay(TimeSpan.FromSeconds(5));
        long ticks = host.CpuTicks;
        await Task.Delay(TimeSpan.FromSeconds(2));
        await Assert.That(host.CpuTicks).IsEqualTo(ticks);
    }

    [Test]
    public async Task A_process_for_vats_has_no_environment_no_files_and_no_rights()
    {
        await using TestKernel kernel = await TestKernel.StartAsync(new LaunchedVat("a", "counter"));
        await kernel.AskAsync("ko4", "count");
        VatHostInfo host = (await kernel.HostsAsync()).Single();
        await Assert.That(host.Environment).IsEqualTo("DOTNET_GCHeapHardLimit=80000000\0DOTNET_gcConcurrent=1\0DOTNET_GCgen0size=1800000\0MALLOC_MMAP_THRESHOLD_=131072");
        string[] others = [.. host.Descriptors.Where(target => target is not ("/dev/null" or "/dev/urandom"))];
        await Assert.That(others.Length).IsEqualTo(1);
        await Assert.That(others[0]).StartsWith("socket:");
        await Assert.That(host.Session).IsEqualTo(host.Pid);
        await Assert.That(host.Status("NoNewPrivs")).IsEqualTo("1");
        await Assert.That(host.LikelinessToDie).IsGreaterThan(400).Because("without memory the system is to end it, not the daemon");

        // What the kernel has for it, it says; the rest it says is missing.
        await Assert.That(host.Confinement).StartsWith("no new privileges, resource limits");
        bool isFiltered = !host.Confinement[(host.Confinement.IndexOf("not to be had", StringComparison.Ordinal) is >= 0 and var missing ? missing : host.Confinement.Length)..].Contains("seccomp", StringComparison.Ordinal);
        await Assert.That(host.Status("Seccomp")).IsEqualTo(isFiltered ? "2" : "0");
        await Assert.That(Directory.EnumerateDirectories($"/proc/{host.Pid}/task").All(thread =>
            File.ReadLines(Path.Combine(thread, "status")).Contains(isFiltered ? "Seccomp:\t2" : "Seccomp:\t0"))).IsTrue();
    }

    [Test]
    public async Task Who_debugs_a_daemon_can_have_its_vats_in_its_own_process()
    {
        await using TestHome home = new();
        string bundle = await VatBundles.PathAsync("counter");
        await home.RunWithAsync(new() { ["OCAP_VAT_HOSTS"] = "none" }, "daemon", "start");
        CommandResult launched = await home.RunAsync("daemon", "exec", "launchSubcluster", $$"""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"{{bundle}}"} } } }""");
        await Assert.That(launched.ExitCode).IsEqualTo(0).Because(launched.Error);
        await Assert.That((await home.RunAsync("daemon", "exec", "getDaemonInfo")).Output).Contains("\"running\":1").And.Contains("\"hosts\":[]");
    }

    [Test]
    public async Task The_command_that_runs_vats_says_that_it_is_not_for_people()
    {
        await using TestHome home = new();
        CommandResult typed = await home.RunAsync("vat-host");
        await Assert.That(typed.ExitCode).IsEqualTo(1);
        await Assert.That(typed.Error).Contains("cannot be used from a command line");
        await Assert.That((await home.RunAsync("--help")).Output).DoesNotContain("vat-host");
    }

    private static async Task<string> DescribeAsync(TestKernel kernel) =>
        string.Join("; ", (await kernel.HostsAsync()).Select(host => host.ToString()).Order(StringComparer.Ordinal).OrderBy(text => text.StartsWith("shared", StringComparison.Ordinal)));
}
