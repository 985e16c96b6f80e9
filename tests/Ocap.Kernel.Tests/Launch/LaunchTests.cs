using System.Text.Json;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests;

/// <summary>Launching subclusters: what comes into being, and that a launch that fails leaves nothing behind but used ids.</summary>
public sealed class LaunchTests : KernelTest
{
    [Test]
    public async Task A_new_kernel_has_its_services_at_ko1_to_ko3_and_the_first_root_is_ko4()
    {
        KernelFixture kernel = Boot();
        await Assert.That(kernel.Row("kernelService.ocapURLIssuerService")).IsEqualTo("ko1");
        await Assert.That(kernel.Row("kernelService.ocapURLRedemptionService")).IsEqualTo("ko2");
        await Assert.That(kernel.Row("kernelService.kernelFacet")).IsEqualTo("ko3");
        await Assert.That(kernel.Row("pinnedObjects")).IsEqualTo("ko1,ko2,ko3");
        LaunchResult launched = kernel.Launch("a");
        await Assert.That((launched.Subcluster.ToString(), launched.Root.ToString())).IsEqualTo(("s1", "ko4"));
        await Assert.That(kernel.Row("ko4.owner")).IsEqualTo("v1");
    }

    [Test]
    [Arguments(61)]
    [Arguments(70)]
    [Arguments(990)]
    public async Task Parameters_may_be_as_deep_as_a_request_and_are_read_again_in_the_next_process(int depth)
    {
        string deep = new string('[', depth) + new string(']', depth);
        KernelFixture kernel = Boot();
        using JsonDocument config = StoredJson.Parse("""{"bootstrap":"a","vats":{"a":{"bundleSpec":"a.bundle","parameters":{"deep":""" + deep + "}}}}");
        Told<LaunchResult> launched = kernel.BeginLaunch(ClusterConfig.Parse(config.RootElement));
        await Assert.That(kernel.Delivery<StartVat>("v1").Parameters.Body).IsEqualTo("#{\"deep\":" + deep + "}");
        kernel.Finish("v1");
        kernel.Answer("v1", CapData.Undefined);
        await Assert.That(launched.Value.Root.ToString()).IsEqualTo("ko4");

        kernel = Watch(kernel.Crash());
        kernel.Send("ko4");
        await Assert.That(kernel.Delivery<StartVat>("v1").Parameters.Body).IsEqualTo("#{\"deep\":" + deep + "}");
        kernel.Finish("v1");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value.Subclusters.Count).IsEqualTo(1);
        kernel.Terminate("v1");
        await Assert.That(kernel.Row("subclusters")).IsEqualTo("[]");
    }

    [Test]
    public async Task A_vat_that_names_its_bundle_by_what_is_no_hash_does_not_start()
    {
        KernelFixture kernel = Boot();
        Told<LaunchResult> told = kernel.BeginLaunch("a");
        kernel.Finish("v1", new CrankReport { BundleHash = "\ud800" });
        await Assert.That(told.Answer.Failure).IsEqualTo("Failed to launch vat v1 (a): it names its bundle by what is no hash");
    }

    [Test]
    public async Task Services_keep_their_places_in_the_next_process()
    {
        KernelFixture kernel = Watch(Boot().Crash());
        await Assert.That(kernel.Row("kernelService.kernelFacet")).IsEqualTo("ko3");
        await Assert.That(kernel.Launch("a").Root.ToString()).IsEqualTo("ko4");
    }

    [Test]
    public async Task Bootstrap_gets_all_roots_and_the_services_asked_for()
    {
        KernelFixture kernel = Boot();
        kernel.BeginLaunch(KernelFixture.Config(["a", "b"], ",\"services\":[\"ocapURLIssuerService\"]"));
        kernel.Finish("v1");
        kernel.Finish("v2");
        DeliverMessage bootstrap = kernel.Delivery<DeliverMessage>("v1");
        await Assert.That(bootstrap.Target).IsEqualTo("o+0");
        await Assert.That(bootstrap.Methargs.Body).IsEqualTo(
            "#[\"bootstrap\",[{\"a\":\"$0.Alleged: vatRoot\",\"b\":\"$1.Alleged: vatRoot\"},{\"ocapURLIssuerService\":\"$2.Alleged: undefined\"}]]");
        await Assert.That(bootstrap.Methargs.Slots).IsEquivalentTo(["o+0", "o-1", "o-2"]);
        await Assert.That(kernel.Row("v1.c.o-2")).IsNull();
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Row("v1.c.o-2")).IsEqualTo("ko1");
    }

    [Test]
    public async Task Nothing_is_recorded_before_all_vats_are_ready()
    {
        KernelFixture kernel = Boot();
        kernel.BeginLaunch("a", "b");
        kernel.Finish("v1", new CrankReport { Vatstore = [new("k", "v")], Syscalls = [] });
        await Assert.That(kernel.Keys("vatConfig.")).IsEmpty();
        await Assert.That(kernel.Row("subclusters")).IsEqualTo("[]");
        await Assert.That(kernel.Store.Dump()).DoesNotContain("v1 k = v");
        kernel.Finish("v2");
        await Assert.That(kernel.Keys("vatConfig.")).IsEquivalentTo(["vatConfig.v1", "vatConfig.v2"]);
        await Assert.That(kernel.Keys("launching.")).IsEquivalentTo(["launching.s1"]);
        kernel.Answer("v1", Ask.Seven);
        await Assert.That(kernel.Keys("launching.")).IsEmpty();
    }

    [Test]
    [Arguments("refused: no such bootstrap vat")]
    [Arguments("refused: unknown service")]
    [Arguments("refused: kernelFacet")]
    [Arguments("refused: io")]
    [Arguments("the first vat cannot start")]
    [Arguments("the second vat cannot start")]
    [Arguments("a vat makes an illegal syscall while it starts")]
    [Arguments("a vat asks to exit while it starts")]
    [Arguments("bootstrap is rejected")]
    [Arguments("bootstrap is rejected with something unreadable")]
    [Arguments("bootstrap is rejected by a promise that fails later")]
    [Arguments("bootstrap answers and leaves a rejection")]
    [Arguments("bootstrap leaves a rejection and its answer open")]
    [Arguments("bootstrap leaves a rejection in a later crank")]
    [Arguments("bootstrap is rejected and leaves another rejection")]
    [Arguments("the bootstrap vat answers, leaves a rejection and exits")]
    [Arguments("the bootstrap vat fails")]
    [Arguments("the bootstrap vat exits")]
    [Arguments("the bootstrap vat makes an illegal syscall")]
    [Arguments("the subcluster is terminated meanwhile")]
    [Arguments("the worker cannot be made")]
    public async Task A_launch_that_fails_leaves_nothing_behind(string how)
    {
        KernelFixture kernel = Boot();
        kernel.Launch("first");
        string before = Dump(kernel);

        (string more, string? bootstrap, string expected) = how switch
        {
            "refused: no such bootstrap vat" => ("", "c", "invalid bootstrap vat name \"c\""),
            "refused: unknown service" => (",\"services\":[\"testService\"]", null, "no registered kernel service 'testService'"),
            "refused: kernelFacet" => (",\"services\":[\"kernelFacet\"]", null, "no registered kernel service 'kernelFacet'"),
            "refused: io" => (",\"io\":{\"x\":{}}", null, "Cluster config declares IO channels but no IO channel factory was provided to the kernel"),
            "the first vat cannot start" => ("", null, "Failed to launch vat v2 (a): boom"),
            "the second vat cannot start" => ("", null, "Failed to launch vat v3 (b): boom"),
            "a vat makes an illegal syscall while it starts" => ("", null, "Failed to launch vat v3 (b): illegal syscall: o-9 is not an export reference"),
            "a vat asks to exit while it starts" => ("", null, "Failed to launch vat v3 (b): it asked to exit while it started: #\"bye\""),
            "bootstrap is rejected" => ("", null, "no thanks"),
            "bootstrap is rejected with something unreadable" => ("", null, "Rejected with garbage"),
            "bootstrap is rejected by a promise that fails later" => ("", null, "Rejected with 7"),
            "bootstrap is rejected and leaves another rejection" or "bootstrap answers and leaves a rejection" or "bootstrap leaves a rejection and its answer open"
                or "bootstrap leaves a rejection in a later crank" or "the bootstrap vat answers, leaves a rejection and exits" =>
                ("", null, "Failed to launch vat v2 (a): uncaught rejection in bootstrap: lost"),
            "the bootstrap vat fails" => ("", null, "[KERNEL:VAT_FATAL:INTERNAL_ERROR] boom"),
            "the bootstrap vat exits" => ("", null, "[KERNEL:VAT_TERMINATED] Vat termination: #\"bye\""),
            "the bootstrap vat makes an illegal syscall" => ("", null, "[KERNEL:VAT_FATAL:ILLEGAL_SYSCALL] o-9 is not an export reference"),
            "the subcluster is terminated meanwhile" => ("", null, "[KERNEL:VAT_TERMINATED] Vat was deleted."),
            _ => ("", (string?)null, "no more processes"),
        };
        ClusterConfig config = KernelFixture.Config(["a", "b"], more);
        kernel.Workers.CannotCreate = how == "the worker cannot be made";
        Told<LaunchResult> told = kernel.BeginLaunch(bootstrap is null ? config : config with { Bootstrap = bootstrap });
        Play(kernel, how);
        if (kernel.Workers.CannotCreate)
        {
            kernel.WakeUntil(() => told.IsTold);
        }

        await Assert.That(told.Answer.Failure).Contains(expected);
        await Assert.That(Dump(kernel)).IsEqualTo(before);
        await Assert.That(kernel.Workers.Executing).IsEmpty();
        await Assert.That(kernel.Workers.All.Count(worker => !worker.HasEnded)).IsEqualTo(1);
        KernelStatus status = kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value;
        await Assert.That(status.Vats.Select(vat => vat.Id.ToString())).IsEquivalentTo(["v1"]);

        // The next one works, and the next process knows nothing of it.
        kernel.Workers.CannotCreate = false;
        kernel.Launch("c");
        KernelFixture next = Watch(kernel.Crash());
        await Assert.That(next.Keys("vatConfig.").Length).IsEqualTo(2);
    }

    [Test]
    public async Task A_launch_that_had_not_finished_when_the_process_died_is_removed_at_the_next_start()
    {
        KernelFixture kernel = Boot();
        kernel.BeginLaunch("a", "b");
        kernel.Finish("v1");
        kernel.Finish("v2");
        kernel.After(10);
        await Assert.That(kernel.Store.Dump()).Contains("launching.s1");
        kernel = Watch(kernel.Crash());
        await Assert.That(kernel.Keys("launching.")).IsEmpty();
        await Assert.That(kernel.Keys("vatConfig.")).IsEmpty();
        await Assert.That(kernel.Row("subclusters")).IsEqualTo("[]");
        await Assert.That(kernel.Workers.All).IsEmpty();
        await Assert.That(kernel.Keys("kp")).IsEmpty();
        await Assert.That(kernel.Loop.Core.Queue.Count).IsEqualTo(0);
        await Assert.That(kernel.Launch("c").Subcluster.ToString()).IsEqualTo("s2");
    }

    [Test]
    public async Task Two_launches_at_once_do_not_disturb_each_other()
    {
        KernelFixture kernel = Boot();
        Told<LaunchResult> first = kernel.BeginLaunch("a", "b");
        Told<LaunchResult> second = kernel.BeginLaunch("c");
        kernel.Finish("v3");
        kernel.Answer("v3", Ask.Seven);
        await Assert.That((second.Value.Subcluster.ToString(), second.Value.Root.ToString())).IsEqualTo(("s2", "ko4"));
        kernel.Finish("v1");
        kernel.Finish("v2");
        kernel.Answer("v1", Ask.Seven);
        await Assert.That((first.Value.Subcluster.ToString(), first.Value.Root.ToString())).IsEqualTo(("s1", "ko5"));
    }

    [Test]
    public async Task A_rejection_that_another_vat_leaves_or_that_comes_after_the_answer_fails_no_launch()
    {
        KernelFixture kernel = Boot();
        Told<LaunchResult> told = kernel.BeginLaunch("a", "b");
        kernel.Finish("v1");
        kernel.Finish("v2");
        string result = kernel.Delivery<DeliverMessage>("v1").Result!;
        kernel.Finish("v1", Ask.Send("o-1", "hello", "p+5"), Ask.Subscribe("p+5"));
        kernel.Finish("v2", new CrankReport { Uncaught = "lost", Syscalls = [Ask.Fulfill(kernel.Delivery<DeliverMessage>("v2").Result!, Ask.Seven)] });
        kernel.Finish("v1", Ask.Fulfill(result, Ask.Seven));
        await Assert.That(told.Answer.IsOk).IsTrue();

        Told<Settlement> asked = kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Uncaught = "lost", Syscalls = [Ask.Fulfill(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven)] });
        await Assert.That(asked.Value.Rejected).IsFalse();
        await Assert.That(kernel.Request<KernelStatus>((loop, answer) => loop.GetStatus(answer)).Value.Vats.Count).IsEqualTo(2);
    }

    [Test]
    public async Task A_launch_that_a_rejection_fails_answers_once_when_all_its_vats_are_at_rest()
    {
        KernelFixture kernel = Boot();
        Told<LaunchResult> told = kernel.BeginLaunch("a", "b");
        kernel.Finish("v1");
        kernel.Finish("v2");
        string result = kernel.Delivery<DeliverMessage>("v1").Result!;
        kernel.Finish("v1", Ask.Send("o-1", "hello", "p+5"), Ask.Subscribe("p+5"));
        kernel.Send("ko4");
        kernel.Finish("v1", new CrankReport { Uncaught = "lost", Syscalls = [Ask.Fulfill(result, Ask.Seven)] });
        await Assert.That(told.IsTold).IsFalse();
        kernel.Answer("v2", Ask.Seven);
        await Assert.That(told.Answer.Failure).IsEqualTo("Failed to launch vat v1 (a): uncaught rejection in bootstrap: lost");
        await Assert.That(kernel.Keys("vatConfig.")).IsEmpty();
        await Assert.That(kernel.Workers.Executing).IsEmpty();
        kernel.Sync();
        await Assert.That(told.Times).IsEqualTo(1);
    }

    private static void Play(KernelFixture kernel, string how)
    {
        var boom = new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "boom"), Syscalls = [Ask.Send("o+3", "undone")], Vatstore = [new("u", "1")] };
        if (how.StartsWith("refused", StringComparison.Ordinal) || how.StartsWith("the worker", StringComparison.Ordinal))
        {
            return;
        }

        if (how == "the first vat cannot start")
        {
            kernel.Finish("v2", boom);
            return;
        }

        kernel.Finish("v2", new CrankReport { Vatstore = [new("k", "v")], BundleHash = "aa" });
        switch (how)
        {
            case "the second vat cannot start":
                kernel.Finish("v3", boom);
                return;
            case "a vat makes an illegal syscall while it starts":
                kernel.Finish("v3", Ask.Send("o+5", "x", "p+5"), Ask.Send("o-9", "x"));
                return;
            case "a vat asks to exit while it starts":
                kernel.Finish("v3", Ask.Exit());
                return;
        }

        kernel.Finish("v3");
        string result = kernel.Delivery<DeliverMessage>("v2").Result!;
        CrankReport Lost(params VatSyscall[] syscalls) => new() { Uncaught = "lost", Syscalls = syscalls, Vatstore = [new("left", "1")] };
        switch (how)
        {
            case "bootstrap answers and leaves a rejection":
                kernel.Finish("v2", Lost(Ask.Send("o-1", "hello"), Ask.Fulfill(result, Ask.Seven)));
                break;
            case "bootstrap leaves a rejection and its answer open":
                kernel.Finish("v2", Lost(Ask.Send("o-1", "hello", "p+5"), Ask.Subscribe("p+5")));
                break;
            case "bootstrap leaves a rejection in a later crank":
                kernel.Finish("v2", Ask.Send("o-1", "hello", "p+5"), Ask.Subscribe("p+5"));
                kernel.Finish("v3", Ask.Reject(kernel.Delivery<DeliverMessage>("v3").Result!, Ask.Seven));
                kernel.Finish("v2", Lost());
                break;
            case "bootstrap is rejected and leaves another rejection":
                kernel.Finish("v2", Lost(Ask.Reject(result, Ask.Seven)));
                break;
            case "the bootstrap vat answers, leaves a rejection and exits":
                kernel.Finish("v2", Lost(Ask.Fulfill(result, Ask.Seven), Ask.Exit()));
                break;
            case "bootstrap is rejected":
                kernel.Finish("v2", Ask.Send("o-1", "hello"), Ask.Reject(result, SmallcapsError.Make("Error", "no thanks")));
                break;
            case "bootstrap is rejected with something unreadable":
                kernel.Finish("v2", Ask.Reject(result, new CapData("garbage", [])));
                break;
            case "bootstrap is rejected by a promise that fails later":
                kernel.Finish("v2", Ask.Send("o-1", "hello", "p+5"), Ask.Subscribe("p+5"));
                kernel.Finish("v3", Ask.Reject(kernel.Delivery<DeliverMessage>("v3").Result!, Ask.Seven));
                kernel.Finish("v2", Ask.Reject(result, Ask.Seven));
                break;
            case "the bootstrap vat fails":
                kernel.Finish("v2", boom);
                break;
            case "the bootstrap vat exits":
                kernel.Finish("v2", Ask.Exit());
                break;
            case "the bootstrap vat makes an illegal syscall":
                kernel.Finish("v2", Ask.Send("o-9", "x"));
                break;
            default:
                kernel.Request<Done>((loop, answer) => loop.TerminateSubcluster(new SubclusterId(2), answer));
                kernel.Finish("v2");
                break;
        }
    }

    /// <summary>All rows but the counters that only ever grow, and objects that nobody holds, which are the garbage collector's.</summary>
    private static string Dump(KernelFixture kernel) => string.Join('\n', kernel.Store.Dump().Split('\n')
        .Where(row => !row.StartsWith("next", StringComparison.Ordinal) && !row.StartsWith("queue.run.", StringComparison.Ordinal))
        .Where(row => !row.EndsWith(".refCount = 0,0", StringComparison.Ordinal)));
}
