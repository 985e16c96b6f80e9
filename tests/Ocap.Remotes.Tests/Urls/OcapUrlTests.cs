using Ocap.Kernel.Api;
using Ocap.Remotes.Identity;
using Ocap.Remotes.Urls;

namespace Ocap.Remotes.Tests.Urls;

/// <summary>OCAP URLs from issue to redemption (spec/remotes.md §2, spec/rpc.md §4.4).</summary>
public sealed class OcapUrlTests
{
    private static readonly KernelIdentity Self = KernelIdentity.Create();
    private static readonly KernelIdentity Other = KernelIdentity.Create();

    [Test]
    public async Task What_is_issued_is_redeemed_and_no_two_are_alike()
    {
        var urls = new OcapUrls(Task.FromResult(Self));
        string first = (await IssueAsync(urls, "ko4")).Value!;
        string second = (await IssueAsync(urls, "ko4")).Value!;
        await Assert.That(first).IsNotEqualTo(second);
        await Assert.That(first).StartsWith("ocap:z");
        await Assert.That(first).EndsWith("@" + Self.PeerId);
        await Assert.That(await RedeemAsync(urls, first)).IsEqualTo(Answer<string>.Ok("ko4"));
        await Assert.That(await RedeemAsync(urls, second)).IsEqualTo(Answer<string>.Ok("ko4"));
    }

    [Test]
    [Arguments(" {0}")]
    [Arguments("{0},")]
    [Arguments("{0},/ip4/127.0.0.1/tcp/1,/dns4/x")]
    [Arguments("OCAP:{1}")]
    [Arguments("{0}#part")]
    [Arguments("{0}?question")]
    public async Task A_url_is_read_as_the_standard_reads_it(string form)
    {
        var urls = new OcapUrls(Task.FromResult(Self));
        string url = (await IssueAsync(urls, "ko123456")).Value!;
        await Assert.That(await RedeemAsync(urls, string.Format(form, url, url[5..]))).IsEqualTo(Answer<string>.Ok("ko123456"));
    }

    [Test]
    [Arguments("", "unparseable URL")]
    [Arguments("hello", "unparseable URL")]
    [Arguments(":x@y", "unparseable URL")]
    [Arguments("1a:x@y", "unparseable URL")]
    [Arguments("http://example.com/", "not an ocap URL")]
    [Arguments("ocap:", "bad ocap URL")]
    [Arguments("ocap:zAbc", "bad ocap URL")]
    [Arguments("ocap:@peer", "bad ocap URL")]
    [Arguments("ocap:zAbc@", "bad ocap URL")]
    [Arguments("ocap:zAbc@,hint", "bad ocap URL")]
    [Arguments("ocap:zAbc@a@b", "bad ocap URL")]
    [Arguments("ocap://zAbc@a", "bad ocap URL")]
    public async Task What_is_no_ocap_url_is_refused(string url, string complaint) =>
        await Assert.That(await RedeemAsync(new OcapUrls(Task.FromResult(Self)), url)).IsEqualTo(Answer<string>.Fail(complaint));

    [Test]
    [Arguments("Abc", "Unable to decode multibase string \"Abc\", base58btc decoder only supports inputs prefixed with z")]
    [Arguments("z", "ocapURL has bad object reference")]
    [Arguments("zAbc", "ocapURL has bad object reference")]
    [Arguments("z0OIl", "ocapURL has bad object reference")]
    [Arguments("long", "ocapURL has bad object reference")]
    public async Task What_this_kernel_has_not_sealed_is_refused(string oid, string complaint)
    {
        string sealedName = oid is "long" ? "z" + new string('2', 10_000) : oid;
        await Assert.That(await RedeemAsync(new OcapUrls(Task.FromResult(Self)), $"ocap:{sealedName}@{Self.PeerId}")).IsEqualTo(Answer<string>.Fail(complaint));
    }

    [Test]
    public async Task A_changed_character_anywhere_is_noticed()
    {
        var urls = new OcapUrls(Task.FromResult(Self));
        string url = (await IssueAsync(urls, "ko4")).Value!;
        for (int at = "ocap:z".Length; at < url.IndexOf('@', StringComparison.Ordinal); at += 7)
        {
            string changed = url[..at] + (url[at] == '2' ? '3' : '2') + url[(at + 1)..];
            await Assert.That((await RedeemAsync(urls, changed)).Failure).IsEqualTo("ocapURL has bad object reference");
        }
    }

    [Test]
    public async Task A_url_of_another_kernel_is_refused_with_its_name()
    {
        string url = (await IssueAsync(new OcapUrls(Task.FromResult(Other)), "ko4")).Value!;
        Answer<string> answer = await RedeemAsync(new OcapUrls(Task.FromResult(Self)), url);
        await Assert.That(answer.Failure).StartsWith("Remote comms not initialized");
        await Assert.That(answer.Failure).Contains(Other.PeerId.Text);

        // Nor does another kernel's name on one of ours help.
        string disguised = url.Replace(Other.PeerId.Text, Self.PeerId.Text, StringComparison.Ordinal);
        await Assert.That((await RedeemAsync(new OcapUrls(Task.FromResult(Self)), disguised)).Failure).IsEqualTo("ocapURL has bad object reference");
    }

    [Test]
    public async Task Without_an_identity_every_call_is_answered_so()
    {
        var urls = new OcapUrls(Task.FromException<KernelIdentity>(new IdentityFileException("identity.json", "is empty")));
        await Assert.That((await IssueAsync(urls, "ko4")).Failure).StartsWith("Remote identity not initialized: ");
        await Assert.That((await RedeemAsync(urls, "ocap:zAbc@x")).Failure).StartsWith("Remote identity not initialized: ");
    }

    [Test]
    public async Task Hundreds_at_once_are_all_answered()
    {
        var identity = new TaskCompletionSource<KernelIdentity>();
        var urls = new OcapUrls(identity.Task);
        Task<Answer<string>>[] issued = [.. Enumerable.Range(1, 100).Select(n => IssueAsync(urls, $"ko{n}"))];
        identity.SetResult(Self);
        Answer<string>[] answers = await Task.WhenAll(issued);
        await Assert.That(answers.Select(static answer => answer.Value).Distinct().Count()).IsEqualTo(100);
        await Assert.That(await RedeemAsync(urls, answers[41].Value!)).IsEqualTo(Answer<string>.Ok("ko42"));
    }

    private static Task<Answer<string>> IssueAsync(OcapUrls urls, string kref) => Told(told => urls.Issue(kref, told));

    private static Task<Answer<string>> RedeemAsync(OcapUrls urls, string url) => Told(told => urls.Redeem(url, told));

    private static async Task<Answer<string>> Told(Action<Action<Answer<string>>> ask)
    {
        var told = new TaskCompletionSource<Answer<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        ask(told.SetResult);
        return await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
