using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Services;

/// <summary>OCAP URLs of this very kernel, by vats, by the control socket and by the command line.</summary>
public sealed class OcapUrlTests
{
    private const string Services = "\"services\":[\"ocapURLIssuerService\",\"ocapURLRedemptionService\"]";

    [Test]
    public async Task A_vat_issues_what_another_redeems_and_the_command_line_too_also_after_a_kill()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string first = await LaunchAsync(kernel);
        string second = await LaunchAsync(kernel);
        string url = Text(await kernel.AskAsync(first, "issue"));
        await Assert.That(url).StartsWith("ocap:z");
        await Assert.That(await kernel.AskAsync(second, "greetBy", $"\"{url}\"")).IsEqualTo("\"hello world\"");
        string kref = (await kernel.CallAsync("redeemOcapURL", $$"""{"url":"{{url}}"}""")).Result.GetString()!;
        await Assert.That(await kernel.AskAsync(kref, "greet", "\"you\"")).IsEqualTo("\"hello you\"");

        string root = (await kernel.CallAsync("issueOcapURL", $$"""{"kref":"{{first}}"}""")).Result.GetString()!;
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
        await kernel.ResumeAsync();
        CommandResult redeemed = await kernel.Home.RunAsync("daemon", "redeem-url", root);
        await Assert.That(redeemed).IsEqualTo(new CommandResult(0, $"\"{first}\"\n", ""));

        // The greeter lived in the old heap alone: it is gone, and the URL says so.
        await Assert.That((await kernel.SendAsync(second, "greetBy", $"\"{url}\"")).Message).StartsWith("[KERNEL:OBJECT_DELETED] ");
    }

    [Test]
    public async Task What_cannot_be_issued_or_redeemed_is_said()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string vat = await LaunchAsync(kernel);
        await Assert.That((await kernel.SendAsync(vat, "issueSelfless")).Message).IsEqualTo("[KERNEL:DELIVERY_FAILED] Argument must be a remotable");
        await Assert.That((await kernel.SendAsync(vat, "wrongMethod")).Message)
            .IsEqualTo("[KERNEL:DELIVERY_FAILED] target has no method \"fly\", has [\"__getMethodNames__\",\"issue\"]");
        await Assert.That((await kernel.SendAsync(vat, "redeem", "\"http://x/\"")).Message).IsEqualTo("[KERNEL:DELIVERY_FAILED] not an ocap URL");
        string url = (await kernel.CallAsync("issueOcapURL", $$"""{"kref":"{{vat}}"}""")).Result.GetString()!;
        string foreign = url[..(url.IndexOf('@', StringComparison.Ordinal) + 1)] + "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
        await Assert.That((await kernel.CallAsync("redeemOcapURL", $$"""{"url":"{{foreign}}"}""")).Message).StartsWith("Remote comms not initialized");
        await Assert.That((await kernel.CallAsync("redeemOcapURL", """{"url":"ocap:zAbc@x@y"}""")).Message).IsEqualTo("bad ocap URL");
        await Assert.That((await kernel.CallAsync("issueOcapURL", """{"kref":"ko999"}""")).Message).StartsWith("[KERNEL:OBJECT_DELETED] ");
    }

    private static string Text(string body) => body.Trim('"');

    private static async Task<string> LaunchAsync(TestKernel kernel)
    {
        string bundle = new Uri(await VatBundles.PathAsync("echo")).AbsoluteUri;
        return (await kernel.CallAsync("launchSubcluster", $$$$$"""
            {"config":{"bootstrap":"echo",{{{{{Services}}}}},"vats":{"echo":{"bundleSpec":"{{{{{bundle}}}}}"}}}}
            """)).Result.GetProperty("rootKref").GetString()!;
    }
}
