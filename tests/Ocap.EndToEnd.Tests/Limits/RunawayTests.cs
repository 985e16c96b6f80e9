using System.Diagnostics;
using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Limits;

/// <summary>A vat that takes more than its share ends, its callers are told why, and nobody else notices (design/reliability.md S7–S9).</summary>
public sealed class RunawayTests
{
    private const string Caller = "ko4", Unruly = "ko5", Bystander = "ko6";

    /// <summary>
    /// What an endless vat may cost a bystander, beyond what the machine takes anyway: 100 ms at the 99th percentile where there is a core for each busy
    /// thread, and a margin where there is not.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(Environment.ProcessorCount >= 4 ? 100 : 250);

    [Test]
    [NotInParallel]
    [Arguments("loop")]
    [Arguments("microtasks")]
    public async Task An_endless_vat_ends_with_a_reason_and_others_are_answered_meanwhile(string method)
    {
        await using TestKernel kernel = await ThreeAsync();
        await MeasureAsync(kernel, until: Task.Delay(300)); // warm
        TimeSpan usual = Percentile99(await MeasureAsync(kernel, until: Task.Delay(1500)));
        Task<RpcReply> endless = kernel.SendAsync(Caller, "outcome", $"\"unruly\",\"{method}\"");
        List<TimeSpan> answers = await MeasureAsync(kernel, endless);
        await Assert.That((await endless).Body).StartsWith("{\"message\":\"[KERNEL:VAT_").And.Contains("CPU_LIMIT").And.Contains("more than 5 s of CPU time");
        TimeSpan p99 = Percentile99(answers);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{method}: {answers.Count} answers of a bystander, p99 {p99.TotalMilliseconds:0.0} ms (before: {usual.TotalMilliseconds:0.0} ms), longest {answers[^1].TotalMilliseconds:0.0} ms"));
        await Assert.That(answers.Count).IsGreaterThan(30);
        await Assert.That(p99).IsLessThan(usual + Patience);
        await AssertOnlyTheUnrulyEndedAsync(kernel);
    }

    [Test]
    [NotInParallel]
    public async Task A_vat_that_sends_very_much_in_one_delivery_keeps_others_from_nothing()
    {
        await using TestKernel kernel = await ThreeAsync();
        await MeasureAsync(kernel, until: Task.Delay(300)); // warm
        TimeSpan usual = Percentile99(await MeasureAsync(kernel, until: Task.Delay(1500)));
        Task<RpcReply> flood = kernel.SendAsync(Caller, "flood", "\"unruly\",\"ping\",40000");

        // Until its messages have been delivered and answered as well.
        List<TimeSpan> answers = await MeasureAsync(kernel, flood.ContinueWith(_ => kernel.AskAsync(Caller, "outcome", "\"unruly\",\"ping\""), TaskScheduler.Default).Unwrap());
        await Assert.That((await flood).Body).IsEqualTo("40000");
        TimeSpan p99 = Percentile99(answers);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"flood: {answers.Count} answers of a bystander, p99 {p99.TotalMilliseconds:0.0} ms (before: {usual.TotalMilliseconds:0.0} ms), longest {answers[^1].TotalMilliseconds:0.0} ms"));
        await Assert.That(p99).IsLessThan(usual + Patience);

        // One commit of all of it would be a single long answer among many short ones.
        await Assert.That(answers[^1]).IsLessThan(usual + (3 * Patience));
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1 v2 v3");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_regular_expression_that_does_not_come_to_an_end_ends_its_vat()
    {
        await using TestKernel kernel = await ThreeAsync();
        string outcome = await kernel.AskAsync(Caller, "outcome", "\"unruly\",\"match\"");
        await Assert.That(outcome).Contains("[KERNEL:VAT_FATAL:REGEX_LIMIT]");
        await AssertOnlyTheUnrulyEndedAsync(kernel);
    }

    [Test]
    [Arguments("hoard", "VAT_FATAL")]
    [Arguments("buffers", "VAT_FATAL")]
    [Arguments("text", "VAT_FATAL|Invalid string length")]
    public async Task A_vat_that_allocates_without_end_is_stopped_and_the_daemon_lives(string method, string reason)
    {
        await using TestKernel kernel = await ThreeAsync();
        int pid = kernel.Home.DaemonPid;
        Task<RpcReply> bomb = kernel.SendAsync(Caller, "outcome", $"\"unruly\",\"{method}\"");
        while (!bomb.IsCompleted)
        {
            await Assert.That(await kernel.AskAsync(Bystander, "count")).IsNotEqualTo("0");
            await Task.WhenAny(bomb, Task.Delay(20));
        }
        Console.WriteLine($"{method}: {(await bomb).Body}; the daemon's peak: {PeakMiB(pid)} MiB");
        await Assert.That(PeakMiB(pid)).IsLessThan(128);
        await Assert.That((await bomb).Body).Matches($"^\\{{\"message\":\".*({reason})");
        await Assert.That(kernel.Home.DaemonPid).IsEqualTo(pid);
        await Assert.That(TestHome.IsAlive(pid)).IsTrue();
        await Assert.That(await kernel.AskAsync(Caller, "ping")).IsEqualTo("\"pong\"");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    [Arguments("recurse")]
    [Arguments("getter")]
    public async Task Unbounded_recursion_is_the_callers_RangeError_and_the_vat_lives(string method)
    {
        await using TestKernel kernel = await ThreeAsync();
        string outcome = await kernel.AskAsync(Caller, "outcome", $"\"unruly\",\"{method}\"");
        await Assert.That(outcome).Contains("\"name\":\"RangeError\"");
        await Assert.That((await kernel.SendAsync(Unruly, method)).IsError).IsTrue();
        await Assert.That(await kernel.AskAsync(Unruly, "ping")).IsEqualTo("\"pong\"");
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1 v2 v3");
    }

    [Test]
    public async Task A_value_nested_too_deeply_harms_nobody_else()
    {
        await using TestKernel kernel = await ThreeAsync();
        await kernel.SendAsync(Caller, "outcome", "\"unruly\",\"nested\"");
        await Assert.That(await kernel.AskAsync(Bystander, "count")).IsEqualTo("1");
        await Assert.That(await kernel.AskAsync(Caller, "ping")).IsEqualTo("\"pong\"");
    }

    private static async Task AssertOnlyTheUnrulyEndedAsync(TestKernel kernel)
    {
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1 v3");
        await Assert.That((await kernel.SendAsync(Unruly, "ping")).Message).StartsWith("[KERNEL:OBJECT_DELETED]");
        await Assert.That(await kernel.AskAsync(Caller, "ping")).IsEqualTo("\"pong\"");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    /// <summary>How long each message to the bystander took, in order of length, on a connection of its own.</summary>
    private static async Task<List<TimeSpan>> MeasureAsync(TestKernel kernel, Task until)
    {
        await using RpcClient client = await RpcClient.ConnectAsync(kernel.Socket);
        List<TimeSpan> answers = [];
        while (!until.IsCompleted)
        {
            long start = Stopwatch.GetTimestamp();
            _ = (await client.SendAsync(Bystander, "count")).Body;
            answers.Add(Stopwatch.GetElapsedTime(start));
            await Task.Delay(5);
        }
        answers.Sort();
        return answers;
    }

    /// <summary>The most memory a process has had, from <c>VmHWM: 123 kB</c>.</summary>
    private static long PeakMiB(int pid)
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")).First(field => field.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    private static TimeSpan Percentile99(List<TimeSpan> sorted) => sorted[(int)(sorted.Count * 0.99)];

    private static Task<TestKernel> ThreeAsync() => TestKernel.StartAsync(new("caller", "caller"), new("unruly", "unruly"), new("bystander", "counter"));
}
