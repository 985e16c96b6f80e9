using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>Vats that end or start again: nobody waits for ever for them, and nothing else ends with them (architecture §8: 1, 5, 12).</summary>
public sealed class EndedVatTests
{
    private const string Alice = "ko4", Bob = "ko5";

    [Test]
    public async Task Promises_that_a_terminated_vat_owed_are_rejected()
    {
        await using TestKernel kernel = await PairAsync();
        Task<RpcReply> direct = kernel.SendAsync(Bob, "never");
        Task<RpcReply> through = kernel.SendAsync(Alice, "call", "\"bob\",\"never\"");
        await kernel.AskAsync(Alice, "call", "\"bob\",\"ping\"");
        await kernel.CallAsync("terminateVat", """{"id":"v2"}""");
        await Assert.That((await direct).Message).IsEqualTo("[KERNEL:VAT_TERMINATED] Vat was deleted.");
        await Assert.That((await through).Message).IsEqualTo("[KERNEL:VAT_TERMINATED] Vat was deleted.");
        await Assert.That(await kernel.AskAsync(Alice, "ping")).IsEqualTo("\"pong\"");
        await Assert.That((await kernel.CallAsync("collectGarbage")).IsError).IsFalse();
        await Assert.That(await kernel.AskAsync(Alice, "ping")).IsEqualTo("\"pong\"");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task Promises_that_a_restarted_vat_owed_are_rejected_and_it_lives()
    {
        await using TestKernel kernel = await PairAsync();
        Task<RpcReply> through = kernel.SendAsync(Alice, "call", "\"bob\",\"never\"");
        await kernel.AskAsync(Alice, "call", "\"bob\",\"ping\"");
        await Assert.That((await kernel.CallAsync("restartVat", """{"id":"v2"}""")).IsError).IsFalse();
        await Assert.That((await through).Message).StartsWith("[KERNEL:VAT_RESTARTED]");
        await Assert.That(await kernel.AskAsync(Alice, "call", "\"bob\",\"ping\"")).IsEqualTo("\"pong\"");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_message_to_a_terminated_vats_root_is_rejected_and_the_others_work()
    {
        await using TestKernel kernel = await PairAsync();
        await kernel.CallAsync("terminateVat", """{"id":"v2"}""");
        await Assert.That((await kernel.SendAsync(Bob, "ping")).Message).StartsWith("[KERNEL:OBJECT_DELETED]");
        await Assert.That((await kernel.SendAsync(Alice, "call", "\"bob\",\"ping\"")).Message).StartsWith("[KERNEL:OBJECT_DELETED]");
        await Assert.That(await kernel.AskAsync(Alice, "ping")).IsEqualTo("\"pong\"");
        await Assert.That((await kernel.CallAsync("pingVat", """{"id":"v2"}""")).Message).IsEqualTo("Vat does not exist.");
    }

    [Test]
    public async Task A_vat_that_leaves_has_left_even_if_it_says_more()
    {
        await using TestKernel kernel = await PairAsync();
        await kernel.SendAsync(Bob, "leave");
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1");
        await Assert.That((await kernel.SendAsync(Bob, "ping")).Message).StartsWith("[KERNEL:OBJECT_DELETED]");
        await Assert.That(await kernel.AskAsync(Alice, "ping")).IsEqualTo("\"pong\"");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_vat_that_leaves_in_anger_tells_its_callers_why()
    {
        await using TestKernel kernel = await PairAsync();
        Task<RpcReply> waiting = kernel.SendAsync(Alice, "call", "\"bob\",\"never\"");
        await kernel.AskAsync(Alice, "call", "\"bob\",\"ping\"");
        RpcReply reply = await kernel.SendAsync(Bob, "leaveInAnger");
        await Assert.That(reply.Message).Contains("I had enough");
        await Assert.That((await waiting).Message).Contains("I had enough");
        await Assert.That(string.Join(' ', await kernel.VatsAsync())).IsEqualTo("v1");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_message_to_an_object_that_a_restarted_vat_no_longer_has_is_rejected_and_the_vat_lives()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new("alice", "caller"), new("bob", "caller"));
        await kernel.AskAsync(Alice, "hold", "\"bob\"");
        await Assert.That(await kernel.AskAsync(Alice, "useHeld", "0")).IsEqualTo("\"used\"");
        string told = (await kernel.SendAsync(Bob, "make")).Slots.Single();
        await kernel.CallAsync("restartVat", """{"id":"v2"}""");
        await Assert.That((await kernel.SendAsync(Alice, "useHeld", "0")).Message).StartsWith("[KERNEL:OBJECT_DELETED]");
        await Assert.That((await kernel.SendAsync(told, "use")).Message).StartsWith("[KERNEL:OBJECT_DELETED]");
        await Assert.That(await kernel.AskAsync(Bob, "ping")).IsEqualTo("\"pong\"");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task Stop_is_done_when_the_process_is_gone_even_if_a_vat_is_busy()
    {
        await using TestKernel kernel = await PairAsync();
        int pid = kernel.Home.DaemonPid;
        Task<RpcReply> endless = kernel.SendAsync(Bob, "loop");
        await kernel.AskAsync(Alice, "ping");
        await Assert.That((await kernel.Home.RunAsync("daemon", "stop")).ExitCode).IsEqualTo(0);
        await Assert.That(TestHome.IsAlive(pid)).IsFalse();
        await Assert.That(kernel.Home.Daemons().Any()).IsFalse();
        await Task.WhenAny(endless);
    }

    private static Task<TestKernel> PairAsync() => TestKernel.StartAsync(new("alice", "caller"), new("bob", "unruly"));
}
