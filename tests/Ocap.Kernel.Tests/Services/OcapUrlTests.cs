using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Tests.Doubles;
using Ocap.Kernel.Tests.Fixture;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Tests.Services;

/// <summary>Issuing and redeeming OCAP URLs, as far as the kernel has to do with it (K7, K8).</summary>
public sealed class OcapUrlTests : KernelTest
{
    private const string Both = ",\"services\":[\"ocapURLIssuerService\",\"ocapURLRedemptionService\"]";
    private readonly TestUrls _urls = new();

    [Test]
    public async Task A_vat_gets_a_url_and_another_the_object()
    {
        KernelFixture kernel = Launch(Ask.Send("o-1", "issue", "p+5", "o+7"), Ask.Subscribe("p+5"));
        await Assert.That(kernel.Delivery<DeliverNotify>("v1").Settlements.Single().Value.Body).IsEqualTo("#\"ocap:ko5\"");
        kernel.Finish("v1", new SyscallSend("o-2", Ask.Data("#[\"redeem\",[\"ocap:ko5\"]]"), "p+6"), Ask.Subscribe("p+6"));
        await Assert.That(kernel.Delivery<DeliverNotify>("v1").Settlements.Single().Value).IsEqualTo(Ask.Data("#\"$0.Alleged: undefined\"", "o+7"));
        kernel.Finish("v1");
    }

    [Test]
    public async Task What_has_been_issued_stays_and_is_held_once()
    {
        KernelFixture kernel = Launch(Ask.Send("o-1", "issue", "p+5", "o+7"), Ask.Send("o-1", "issue", "p+6", "o+7"));
        await Assert.That(kernel.Executes("v1")).IsFalse();
        await Assert.That(kernel.Row("ko5.refCount")).IsEqualTo("1,1");
        await Assert.That(kernel.Row("issued.ko5")).IsEqualTo("true");
        await Assert.That(Redeem(kernel, "ocap:ko5").Value.ToString()).IsEqualTo("ko5");
    }

    [Test]
    public async Task Only_an_object_has_a_url()
    {
        KernelFixture kernel = Launch();
        string?[] errors =
        [
            KernelFixture.ErrorOf(kernel.Send("ko1", "issue").Value),
            KernelFixture.ErrorOf(Value(kernel, "ko1", "#[\"issue\",[7]]")),
            kernel.Request<string>((loop, answer) => loop.IssueOcapUrl(KRef.Promise(1), answer)).Answer.Failure,
        ];
        await Assert.That(errors[0]).IsEqualTo("[KERNEL:DELIVERY_FAILED] Argument must be a remotable");
        await Assert.That(errors[1]).IsEqualTo("[KERNEL:DELIVERY_FAILED] Argument must be a remotable");
        await Assert.That(errors[2]).IsEqualTo("Argument must be a remotable");
    }

    [Test]
    public async Task An_object_that_is_not_there_is_neither_issued_nor_redeemed()
    {
        KernelFixture kernel = Launch();
        await Assert.That(kernel.Request<string>((loop, answer) => loop.IssueOcapUrl(KRef.Object(99), answer)).Answer.Failure).StartsWith("[KERNEL:OBJECT_DELETED] ");
        await Assert.That(Redeem(kernel, "ocap:ko99").Answer.Failure).StartsWith("[KERNEL:OBJECT_DELETED] ");
        await Assert.That(Redeem(kernel, "ocap:kp99").Answer.Failure).StartsWith("[KERNEL:OBJECT_DELETED] ");
        await Assert.That(Redeem(kernel, "ocap:garbage").Answer.Failure).IsEqualTo("not a valid KRef: \"garbage\"");
        await Assert.That(KernelFixture.ErrorOf(Value(kernel, "ko2", "#[\"redeem\",[\"ocap:ko99\"]]"))).StartsWith("[KERNEL:OBJECT_DELETED] ");
        await Assert.That(KernelFixture.ErrorOf(Value(kernel, "ko2", "#[\"redeem\",[\"http:x\"]]"))).IsEqualTo("[KERNEL:DELIVERY_FAILED] not an ocap URL");
    }

    [Test]
    public async Task A_url_is_told_only_when_the_hold_on_its_object_is_durable()
    {
        KernelFixture kernel = Launch();
        kernel.Store.Holds = true;
        Told<string> told = kernel.Request<string>((loop, answer) => loop.IssueOcapUrl(KRef.Object(4), answer));
        await Assert.That(told.IsTold).IsFalse();
        kernel.Sync();
        await Assert.That(told.Value).IsEqualTo("ocap:ko4");
        await Assert.That(kernel.Row("issued.ko4")).IsEqualTo("true");
    }

    [Test]
    public async Task An_issued_object_outlives_the_crash_and_everybody_who_held_it()
    {
        KernelFixture kernel = Launch(Ask.Send("o-1", "issue", null, "o+7"));
        KernelFixture next = Watch(kernel.Crash(new KernelOptions { OcapUrls = _urls }));
        next.Finish("v1");
        await Assert.That(Redeem(next, "ocap:ko5").Answer.Failure).StartsWith("[KERNEL:OBJECT_DELETED] ");
        await Assert.That(next.Row("ko5.refCount")).IsEqualTo("1,1");
    }

    [Test]
    public async Task A_kernel_without_identity_says_so()
    {
        KernelFixture kernel = Boot();
        await Assert.That(kernel.Request<string>((loop, answer) => loop.IssueOcapUrl(KRef.Object(3), answer)).Answer.Failure).IsEqualTo("Remote identity not initialized");
        await Assert.That(Redeem(kernel, "ocap:ko3").Answer.Failure).IsEqualTo("Remote identity not initialized");
    }

    [Test]
    public async Task What_is_redeemed_after_clearState_is_looked_for_in_the_state_of_that_moment()
    {
        KernelFixture kernel = Launch();
        _urls.Holds = true;
        Told<KRef> told = Redeem(kernel, "ocap:ko4");
        kernel.Request<Done>((loop, answer) => loop.ClearState(answer));
        _urls.Release();
        kernel.Settle();
        await Assert.That(told.Answer.Failure).StartsWith("[KERNEL:OBJECT_DELETED] ");
    }

    private static Told<KRef> Redeem(KernelFixture kernel, string url) => kernel.Request<KRef>((loop, answer) => loop.RedeemOcapUrl(url, answer));

    private static Settlement Value(KernelFixture kernel, string target, string body) =>
        kernel.Request<Settlement>((loop, answer) => loop.QueueMessage(KRef.Parse(target), new CapData(body, []), answer)).Value;

    /// <summary>Launches one vat; in its bootstrap the issuer is <c>o-1</c>, the redeemer <c>o-2</c>.</summary>
    private KernelFixture Launch(params VatSyscall[] syscalls)
    {
        KernelFixture kernel = Boot(new KernelOptions { OcapUrls = _urls });
        kernel.BeginLaunch(KernelFixture.Config(["a"], Both));
        kernel.Finish("v1");
        kernel.Answer("v1", CapData.Undefined, syscalls);
        return kernel;
    }
}
