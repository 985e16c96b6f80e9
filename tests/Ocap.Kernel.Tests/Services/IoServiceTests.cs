using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Subclusters;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Services;

/// <summary>IO channels as the kernel sees them: from launch to the end of their subcluster (spec/cluster-config.md §3 and §4).</summary>
public sealed class IoServiceTests : KernelTest
{
    private const string Console = ",\"io\":{\"console\":{\"type\":\"socket\",\"path\":\"/x\"}}";

    [Test]
    public async Task A_channel_is_handed_to_bootstrap_whether_it_is_asked_for_or_not()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        kernel.BeginLaunch(KernelFixture.Config(["a"], Console + ",\"services\":[\"ocapURLIssuerService\",\"console\"]"));
        await Assert.That(io.All.Single().Config).IsEqualTo("{\"type\":\"socket\",\"path\":\"/x\"}");
        kernel.Finish("v1");
        await Assert.That(kernel.Delivery<DeliverMessage>("v1").Methargs.Body)
            .IsEqualTo("#[\"bootstrap\",[{\"a\":\"$0.Alleged: vatRoot\"},{\"console\":\"$1.Alleged: undefined\",\"ocapURLIssuerService\":\"$2.Alleged: undefined\"}]]");
        kernel.Answer("v1", CapData.Undefined);
        string service = kernel.Row("kernelService.io:s1:console")!;
        await Assert.That(kernel.Row(service + ".owner")).IsEqualTo("kernel");
        await Assert.That(kernel.Row("pinnedObjects")!.Split(',')).Contains(service);
    }

    [Test]
    public async Task A_channel_goes_before_a_service_of_its_name()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Launch(kernel, ",\"services\":[\"kernelFacet\"],\"io\":{\"kernelFacet\":{\"type\":\"socket\",\"path\":\"/x\"}}", Ask.Send("o-1", "read"));
        await Assert.That(io.All.Single().Reads.Count).IsEqualTo(1);
    }

    [Test]
    public async Task Lines_come_and_go()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Launch(kernel, Console, Ask.Send("o-1", "read", "p+5"), Ask.Subscribe("p+5"), new SyscallSend("o-1", Ask.Data("#[\"write\",[\"!#hello\"]]"), null));
        TestChannel channel = io.All.Single();
        await Assert.That(channel.Written).IsEquivalentTo(["#hello"]);
        List<bool> received = channel.Line("first");
        kernel.Settle();
        await Assert.That(received).IsEquivalentTo([true]);
        await Assert.That(kernel.Delivery<DeliverNotify>("v1").Settlements.Single().Value.Body).IsEqualTo("#\"first\"");
        kernel.Finish("v1");
    }

    [Test]
    public async Task A_line_for_a_vat_that_has_a_new_heap_is_received_by_nobody()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Launch(kernel, Console, Ask.Send("o-1", "read", "p+5"), Ask.Subscribe("p+5"));
        kernel.Restart("v1");
        kernel.Finish("v1");
        List<bool> received = io.All.Single().Line("lost?");
        kernel.Settle();
        await Assert.That(received).IsEquivalentTo([false]);
        await Assert.That(kernel.Executes("v1")).IsFalse();
    }

    [Test]
    public async Task A_line_that_comes_while_a_vat_has_no_heap_waits_until_it_is_known_who_receives_it()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Launch(kernel, Console, Ask.Send("o-1", "read", "p+5"), Ask.Subscribe("p+5"), Ask.Send("o-1", "read", "p+6"), Ask.Subscribe("p+6"));
        kernel.Restart("v1");
        List<bool> forgotten = io.All.Single().Line("for p+5");
        List<bool> watched = io.All.Single().Line("for p+6");
        kernel.Settle();
        await Assert.That(forgotten.Count + watched.Count).IsEqualTo(0);
        kernel.Finish("v1", new CrankReport { WatchedPromises = ["p+6"] });
        await Assert.That(forgotten).IsEquivalentTo([false]);
        await Assert.That(watched).IsEquivalentTo([true]);
        await Assert.That(kernel.Delivery<DeliverNotify>("v1").Settlements.Single().Value.Body).IsEqualTo("#\"for p+6\"");
        kernel.Finish("v1");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task So_does_one_that_comes_while_what_a_lost_heap_did_last_is_committed_in_pieces(bool isSubscribedLast)
    {
        (KernelFixture kernel, TestIo io) = BootWithIo(new KernelOptions { PieceParts = 4 });
        Launch(kernel, Console);
        kernel.Store.Holds = true;
        kernel.Send("ko4", "large");
        HeldWorker worker = kernel.Worker("v1");
        VatSyscall[] rest = [.. Enumerable.Range(1, 30).Select(static i => Ask.Send("o+0", $"m{i}"))];
        worker.Finish(new CrankReport
        {
            Syscalls = isSubscribedLast ? [Ask.Send("o-1", "read", "p+5"), .. rest, Ask.Subscribe("p+5")] : [Ask.Send("o-1", "read", "p+5"), Ask.Subscribe("p+5"), .. rest],
        });
        worker.Die(isSuspect: false);
        while (io.All.Single().Reads.Count == 0)
        {
            kernel.Settle();
            kernel.Store.Complete();
        }

        kernel.Settle();
        await Assert.That(kernel.Keys("crank.")).IsNotEmpty();
        List<bool> received = io.All.Single().Line("lost?");
        kernel.Sync();
        kernel.Delivery<StartVat>("v1");
        await Assert.That(received).IsEmpty();
        kernel.Finish("v1");
        await Assert.That(received).IsEquivalentTo([false]);
    }

    [Test]
    [Arguments("in", "write", "[KERNEL:DELIVERY_FAILED] IO channel \"io:s1:console\" is read-only")]
    [Arguments("out", "read", "[KERNEL:DELIVERY_FAILED] IO channel \"io:s1:console\" is write-only")]
    public async Task A_channel_has_its_direction(string direction, string method, string error)
    {
        (KernelFixture kernel, _) = BootWithIo();
        Launch(kernel, $",\"io\":{{\"console\":{{\"type\":\"socket\",\"path\":\"/x\",\"direction\":\"{direction}\"}}}}");
        await Assert.That(KernelFixture.ErrorOf(kernel.Send(kernel.Row("kernelService.io:s1:console")!, method).Value)).IsEqualTo(error);
    }

    [Test]
    public async Task What_is_no_string_is_not_written()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Launch(kernel, Console);
        await Assert.That(KernelFixture.ErrorOf(kernel.Send(kernel.Row("kernelService.io:s1:console")!, "write").Value)).Contains("writes strings");
        await Assert.That(io.All.Single().Written).IsEmpty();
    }

    [Test]
    public async Task A_channel_that_cannot_be_opened_fails_the_launch_and_closes_those_before_it()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Told<LaunchResult> told = kernel.BeginLaunch(KernelFixture.Config(["a"], ",\"io\":{\"x\":{\"type\":\"socket\",\"path\":\"/x\"},\"c\":{\"type\":\"console\"}}"));
        await Assert.That(told.Answer.Failure).IsEqualTo("Unsupported IO channel type \"console\" for channel \"c\"");
        await Assert.That(io.All.Single().Closings).IsEqualTo(1);
        await Assert.That(kernel.Workers.All).IsEmpty();
        await Assert.That(kernel.Keys("kernelService.io")).IsEmpty();
    }

    [Test]
    public async Task An_unknown_service_fails_the_launch_after_the_channels_and_closes_them()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Told<LaunchResult> told = kernel.BeginLaunch(KernelFixture.Config(["a"], Console + ",\"services\":[\"nothing\"]"));
        await Assert.That(told.Answer.Failure).IsEqualTo("no registered kernel service 'nothing'");
        await Assert.That(io.All.Single().Closings).IsEqualTo(1);
    }

    [Test]
    [Arguments("vat")]
    [Arguments("bootstrap")]
    [Arguments("clear")]
    public async Task A_launch_that_fails_later_closes_its_channels_once(string where)
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        kernel.BeginLaunch(KernelFixture.Config(["a"], Console));
        switch (where)
        {
            case "vat":
                kernel.Finish("v1", new CrankReport { Fault = new VatFault("INTERNAL_ERROR", "no") });
                break;
            case "clear":
                kernel.Request<Done>((loop, answer) => loop.ClearState(answer));
                break;
            default:
                kernel.Finish("v1");
                kernel.Finish("v1", Ask.Reject(kernel.Delivery<DeliverMessage>("v1").Result!, Ask.Seven));
                break;
        }

        await Assert.That(io.All.Single().Closings).IsEqualTo(1);
        await Assert.That(kernel.Keys("kernelService.io")).IsEmpty();
        await Assert.That(kernel.Row("pinnedObjects")).IsEqualTo("ko1,ko2,ko3");
    }

    [Test]
    [Arguments("terminateSubcluster")]
    [Arguments("terminateVat")]
    [Arguments("terminateAllVats")]
    [Arguments("clearState")]
    public async Task A_channel_ends_with_its_subcluster_once_that_is_durable_and_before_anybody_is_told(string how)
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Launch(kernel, Console, Ask.Send("o-1", "read", "p+5"));
        kernel.Store.Holds = true;
        Told<Done> told = kernel.Request<Done>((loop, answer) =>
        {
            switch (how)
            {
                case "terminateSubcluster":
                    loop.TerminateSubcluster(new SubclusterId(1), answer);
                    break;
                case "terminateVat":
                    loop.TerminateVat(KernelFixture.Vat("v1"), answer);
                    break;
                case "terminateAllVats":
                    loop.TerminateAllVats(answer);
                    break;
                default:
                    loop.ClearState(answer);
                    break;
            }
        });
        await Assert.That(io.All.Single().Closings).IsEqualTo(0);
        kernel.Sync();
        await Assert.That(told.IsTold).IsTrue();
        await Assert.That(io.All.Single().Closings).IsEqualTo(1);
        await Assert.That(kernel.Keys("kernelService.io")).IsEmpty();
        await Assert.That(kernel.Keys("serviceCall.")).IsEmpty();
        await Assert.That(kernel.Row("pinnedObjects")).IsEqualTo("ko1,ko2,ko3");
    }

    [Test]
    public async Task A_channel_of_an_ended_subcluster_is_an_object_that_is_gone_for_those_who_hold_it()
    {
        (KernelFixture kernel, _) = BootWithIo();
        Launch(kernel, Console);
        string service = kernel.Row("kernelService.io:s1:console")!;
        kernel.Terminate("v1");
        await Assert.That(KernelFixture.ErrorOf(kernel.Send(service, "read").Value)).StartsWith("[KERNEL:OBJECT_DELETED] ");
        await Assert.That(kernel.Row(service + ".refCount")).IsNull();
    }

    [Test]
    public async Task The_next_process_opens_the_channels_again_under_the_same_objects_before_the_vats_come_back()
    {
        (KernelFixture kernel, _) = BootWithIo();
        Launch(kernel, Console, Ask.Send("o-1", "read", "p+5"));
        string service = kernel.Row("kernelService.io:s1:console")!;
        var io = new TestIo();
        KernelFixture next = Watch(kernel.Crash(new KernelOptions { Io = io }));
        await Assert.That(next.Row("kernelService.io:s1:console")).IsEqualTo(service);
        await Assert.That(io.All.Single().Name).IsEqualTo("console");
        next.Finish("v1", Ask.Send("o-1", "read", "p+9"), Ask.Subscribe("p+9"));
        io.All.Single().Line("anew");
        next.Settle();
        await Assert.That(next.Delivery<DeliverNotify>("v1").Settlements.Single().Value.Body).IsEqualTo("#\"anew\"");
        next.Finish("v1");
    }

    [Test]
    public async Task A_channel_that_cannot_be_opened_again_says_why_and_stops_nobody()
    {
        (KernelFixture kernel, _) = BootWithIo();
        Launch(kernel, Console);
        string service = kernel.Row("kernelService.io:s1:console")!;
        KernelFixture next = Watch(kernel.Crash(new KernelOptions { Io = new TestIo { Refuses = "Its directory is gone." } }));
        await Assert.That(next.Powers.Errors.Single()).StartsWith("Failed to restore IO channels for subcluster s1: ");
        next.Finish("v1");
        await Assert.That(KernelFixture.ErrorOf(next.Send(service, "read").Value))
            .IsEqualTo("[KERNEL:DELIVERY_FAILED] IO channel \"console\" is closed: it could not be opened again when the daemon started. Its directory is gone.");
        await Assert.That(next.Row("kernelService.io:s1:console")).IsEqualTo(service);
    }

    [Test]
    public async Task A_launch_that_a_process_did_not_live_to_finish_leaves_no_channel()
    {
        (KernelFixture kernel, _) = BootWithIo();
        kernel.BeginLaunch(KernelFixture.Config(["a"], Console));
        kernel.Finish("v1");
        await Assert.That(kernel.Keys("kernelService.io").Length).IsEqualTo(1);
        var io = new TestIo();
        KernelFixture next = Watch(kernel.Crash(new KernelOptions { Io = io }));
        await Assert.That(io.All).IsEmpty();
        await Assert.That(next.Keys("kernelService.io")).IsEmpty();
    }

    [Test]
    public async Task A_kernel_that_stops_closes_its_channels_before_it_says_so()
    {
        (KernelFixture kernel, TestIo io) = BootWithIo();
        Launch(kernel, Console, Ask.Send("o-1", "read", "p+5"));
        int closedWhenTold = -1;
        kernel.Loop.Stop(() => closedWhenTold = io.All.Single().Closings);
        kernel.Settle();
        await Assert.That(closedWhenTold).IsEqualTo(1);
        await Assert.That(kernel.Keys("kernelService.io").Length).IsEqualTo(1);

        // A read that was waiting is not told that its client has left: the next process says that its answer is lost.
        await Assert.That(kernel.Keys("serviceCall.").Length).IsEqualTo(1);
    }

    private (KernelFixture Kernel, TestIo Io) BootWithIo(KernelOptions? options = null)
    {
        var io = new TestIo();
        return (Boot((options ?? new KernelOptions()) with { Io = io }), io);
    }

    /// <summary>Launches one vat; in its bootstrap the channel is <c>o-1</c>.</summary>
    private static void Launch(KernelFixture kernel, string more, params VatSyscall[] syscalls)
    {
        kernel.BeginLaunch(KernelFixture.Config(["a"], more));
        kernel.Finish("v1");
        kernel.Answer("v1", CapData.Undefined, syscalls);
    }
}
