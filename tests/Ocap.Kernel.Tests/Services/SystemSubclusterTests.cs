using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Store;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Services;

/// <summary>Subclusters that a kernel has by itself, and what they may do (spec/cluster-config.md §5, case 73 of the reference).</summary>
public sealed class SystemSubclusterTests : KernelTest
{
    private static readonly KernelOptions Shell = new()
    {
        SystemSubclusters = [new SystemSubcluster("shell", KernelFixture.Config(["a"], ",\"services\":[\"kernelFacet\"]"))],
    };

    [Test]
    public async Task It_is_launched_by_itself_with_what_is_for_such_alone_and_can_be_found()
    {
        KernelFixture kernel = Launched();
        await Assert.That(kernel.Row("systemSubcluster.shell")).IsEqualTo("s1");
        await Assert.That(Root(kernel, "shell").Value.ToString()).IsEqualTo("ko4");
        await Assert.That(Root(kernel, "other").Answer.Failure).IsEqualTo("System subcluster \"other\" not found");
        Told<LaunchResult> ordinary = kernel.BeginLaunch(KernelFixture.Config(["a"], ",\"services\":[\"kernelFacet\"]"));
        await Assert.That(ordinary.Answer.Failure).IsEqualTo("no registered kernel service 'kernelFacet'");
    }

    [Test]
    public async Task The_next_process_takes_it_up_and_does_not_launch_it_again()
    {
        KernelFixture next = Watch(Launched().Crash(Shell with
        {
            SystemSubclusters = [new SystemSubcluster("shell", KernelFixture.Config(["x", "y"]))],
        }));
        await Assert.That(next.Delivery<StartVat>("v1").VatConfig).Contains("a.bundle");
        next.Finish("v1");
        await Assert.That(next.Workers.Executing).IsEmpty();
        await Assert.That(Root(next, "shell").Value.ToString()).IsEqualTo("ko4");
    }

    [Test]
    public async Task One_that_is_configured_no_longer_is_gone_before_vats_start()
    {
        KernelFixture next = Watch(Launched().Crash());
        await Assert.That(next.Powers.Lines).Contains("[info] System subcluster \"shell\" no longer in config, deleting");
        await Assert.That(next.Workers.All).IsEmpty();
        await Assert.That(next.Keys("systemSubcluster.")).IsEmpty();
        await Assert.That(next.Row("subclusters")).IsEqualTo("[]");
    }

    [Test]
    public async Task One_that_was_terminated_is_launched_anew_at_the_next_start()
    {
        KernelFixture kernel = Launched();
        kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new SubclusterId(1), answer));
        await Assert.That(kernel.Keys("systemSubcluster.")).IsEmpty();
        KernelFixture next = Watch(kernel.Crash(Shell));
        next.Finish("v2");
        next.Answer("v2", CapData.Undefined);
        await Assert.That(next.Row("systemSubcluster.shell")).IsEqualTo("s2");
    }

    [Test]
    public async Task One_whose_record_is_gone_is_launched_anew()
    {
        KernelFixture kernel = Boot(store: Store("systemSubcluster.shell", "s9"), options: Shell);
        kernel.Finish("v1");
        kernel.Answer("v1", CapData.Undefined);
        await Assert.That(kernel.Row("systemSubcluster.shell")).IsEqualTo("s1");
    }

    [Test]
    public async Task One_without_its_bootstrap_vat_is_not_taken_up_in_silence()
    {
        KernelFixture kernel = Launched();
        WriteBatch damage = Batch("subclusters", """[{"id":"s1","config":{"bootstrap":"gone","vats":{}},"vats":{"a":"v1"}}]""", kernel.Store.DurableCommit + 1);
        await Assert.That(() => { _ = kernel.Crash(Shell, damage); })
            .Throws<SystemSubclusterException>().WithMessage("System subcluster \"shell\" has no bootstrap vat - database may be corrupted");
    }

    [Test]
    public async Task Two_of_one_name_are_refused()
    {
        await Assert.That(() => { _ = Boot(new KernelOptions { SystemSubclusters = [.. Shell.SystemSubclusters, .. Shell.SystemSubclusters] }); })
            .Throws<ArgumentException>().WithMessage("Duplicate system subcluster names in config");
    }

    [Test]
    public async Task A_launch_that_fails_is_logged_and_stops_nobody()
    {
        KernelFixture kernel = Boot(Shell);
        kernel.Finish("v1", new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "no such bundle") });
        await Assert.That(kernel.Powers.Errors.Single()).Contains("no such bundle");
        await Assert.That(kernel.Keys("systemSubcluster.")).IsEmpty();
        kernel.Launch("b");
    }

    [Test]
    public async Task It_is_forgotten_with_all_else_by_clearState()
    {
        KernelFixture kernel = Launched();
        kernel.Request<Done>((loop, answer) => loop.ClearState(answer));
        await Assert.That(Root(kernel, "shell").Answer.Failure).IsEqualTo("System subcluster \"shell\" not found");
    }

    [Test]
    public async Task The_facet_gives_status_launches_sends_and_terminates()
    {
        KernelFixture kernel = Launched();
        await Assert.That(Call(kernel, "getStatus")).StartsWith("#{\"remoteComms\":{\"state\":\"disconnected\"},\"subclusters\":[{\"config\":");
        kernel.Send("ko4", "do");
        kernel.Finish("v1", new SyscallSend("o-1", Ask.Data("""#["launchSubcluster",[{"bootstrap":"b","vats":{"b":{"bundleSpec":"b.bundle"}}}]]"""), "p+20"), Ask.Subscribe("p+20"));
        kernel.Finish("v2");
        kernel.Answer("v2", Ask.Seven);
        await Assert.That(Notified(kernel)).IsEqualTo("#{\"bootstrapResult\":{\"body\":\"!#7\",\"slots\":[]},\"rootKref\":\"ko5\",\"subclusterId\":\"s2\"}");
        await Assert.That(Call(kernel, "pingVat", "\"v2\"")).IsEqualTo("#\"pong\"");
        await Assert.That(Call(kernel, "getSubcluster", "\"s2\"")).Contains("\"vats\":{\"b\":\"v2\"}");
        await Assert.That(Call(kernel, "getSubcluster", "\"s7\"")).IsEqualTo("#\"#undefined\"");
        await Assert.That(Call(kernel, "getSubclusters")).StartsWith("#[{\"config\":");
        await Assert.That(Call(kernel, "getSystemSubclusterRoot", "\"shell\"")).IsEqualTo("#\"ko4\"");
        await Assert.That(Call(kernel, "getPresence", "\"ko5\",\"Thing\"")).IsEqualTo("#\"$0.Alleged: Thing\"");
        await Assert.That(Call(kernel, "terminateSubcluster", "\"s2\"")).IsEqualTo("#\"#undefined\"");
        await Assert.That(Call(kernel, "terminateSubcluster", "\"s2\"")).Contains("Subcluster does not exist.");
        await Assert.That(Call(kernel, "ping")).IsEqualTo("#\"pong\"");
    }

    [Test]
    public async Task The_facet_sends_messages_with_references_in_them()
    {
        KernelFixture kernel = Launched();
        kernel.Launch("b");
        kernel.Send("ko4", "do");
        kernel.Finish("v1", new SyscallSend("o-1", Ask.Data("#[\"queueMessage\",[\"ko5\",\"greet\",[\"$0.Alleged: me\"]]]", "o+7"), "p+20"), Ask.Subscribe("p+20"));
        await Assert.That(kernel.Delivery<DeliverMessage>("v2").Methargs).IsEqualTo(Ask.Data("#[\"greet\",[\"$0.Alleged: me\"]]", "o-1"));
        kernel.Answer("v2", Ask.Ref("o-1"));
        await Assert.That(Notified(kernel)).IsEqualTo("#{\"body\":\"!#\\\"$0.Alleged: thing\\\"\",\"slots\":[\"ko6\"]}");
    }

    [Test]
    [Arguments("pingVat", "7", "argument 0 (id) must be a string")]
    [Arguments("pingVat", "", "argument 0 (id) is missing")]
    [Arguments("pingVat", "\"v9\"", "Vat does not exist.")]
    [Arguments("getPresence", "\"ko99\"", "[KERNEL:OBJECT_DELETED]")]
    [Arguments("queueMessage", "\"x\",\"m\",[]", "not a valid KRef: \\\"x\\\"")]
    [Arguments("launchSubcluster", "{\"bootstrap\":\"$0.Alleged: me\"}", "plain data is wanted")]
    public async Task What_the_facet_cannot_do_it_says(string method, string arguments, string error)
    {
        KernelFixture kernel = Launched();
        await Assert.That(Call(kernel, method, arguments)).Contains(error);
    }

    [Test]
    public async Task A_configuration_from_a_vat_is_checked_like_one_from_outside()
    {
        KernelFixture kernel = Launched(Shell with { ConfigComplaint = static config => config.TryGetProperty("bootstrap", out _) ? null : "At path: bootstrap" });
        await Assert.That(Call(kernel, "launchSubcluster", "{}")).Contains("invalid cluster config: At path: bootstrap");
    }

    private KernelFixture Launched(KernelOptions? options = null)
    {
        KernelFixture kernel = Boot(options ?? Shell);
        kernel.Finish("v1");
        kernel.Answer("v1", CapData.Undefined);
        return kernel;
    }

    private static Told<KRef> Root(KernelFixture kernel, string name) => kernel.Request<KRef>((loop, answer) => loop.GetSystemSubclusterRoot(name, answer));

    /// <summary>The shell's vat calls the facet, which is <c>o-1</c> to it, and is told.</summary>
    private static string Call(KernelFixture kernel, string method, string arguments = "")
    {
        kernel.Send("ko4", "do");
        string result = "p+" + (kernel.Powers.Milliseconds = kernel.Powers.Milliseconds + 1);
        string[] slots = arguments.Contains("$0", StringComparison.Ordinal) ? ["o+0"] : [];
        kernel.Answer("v1", CapData.Undefined, new SyscallSend("o-1", Ask.Data($"#[\"{method}\",[{arguments}]]", slots), result), Ask.Subscribe(result));
        return Notified(kernel);
    }

    private static string Notified(KernelFixture kernel)
    {
        kernel.Collect("v1");
        string body = kernel.Delivery<DeliverNotify>("v1").Settlements.Single().Value.Body;
        kernel.Finish("v1");
        kernel.Collect("v1");
        return body;
    }

    private static HeldStore Store(string key, string value)
    {
        var store = new HeldStore();
        store.BeginWrite(Batch(key, value, 1), static _ => { });
        return store;
    }

    private static WriteBatch Batch(string key, string value, long commit)
    {
        var batch = new WriteBatch { LastCommit = commit };
        batch.Kernel[key] = value;
        return batch;
    }
}
