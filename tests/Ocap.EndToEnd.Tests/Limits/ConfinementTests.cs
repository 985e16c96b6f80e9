using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Limits;

/// <summary>What a vat, or a person who guesses, cannot reach (design/reliability.md S10, S11).</summary>
public sealed class ConfinementTests
{
    [Test]
    [Arguments("hostNames", "nothing")]
    [Arguments("constructors", "TypeError")]
    [Arguments("types", "nothing")]
    [Arguments("pollution", "TypeError")]
    [Arguments("replacement", "TypeError")]
    public async Task A_vat_does_not_get_out(string probe, string outcome)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new("one", "prober"), new("two", "prober"));
        await Assert.That(await kernel.AskAsync("ko4", "probe", $"\"{probe}\"")).IsEqualTo($"\"{outcome}\"");
    }

    [Test]
    public async Task What_one_vat_leaves_on_its_global_another_does_not_see()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new("one", "prober"), new("two", "prober"));
        await kernel.AskAsync("ko4", "mark");
        await Assert.That(await kernel.AskAsync("ko5", "probe", "\"sharedGlobal\"")).IsEqualTo("\"nothing\"");
    }

    [Test]
    public async Task A_kref_that_is_guessed_or_was_never_told_gives_nothing()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new LaunchedVat("one", "counter"));
        for (int guess = 5; guess < 12; guess++)
        {
            await Assert.That((await kernel.SendAsync($"ko{guess}", "count")).Message).StartsWith("[KERNEL:OBJECT_DELETED]");
            await Assert.That((await kernel.SendAsync($"kp{guess + 50}", "count")).Message).StartsWith("[KERNEL:OBJECT_DELETED]");
        }
        await Assert.That((await kernel.CallAsync("isRevoked", """{"kref":"ko99"}""")).Result.GetBoolean()).IsFalse();
        await Assert.That(await kernel.AskAsync("ko4", "count")).IsEqualTo("1");
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
    }

    [Test]
    public async Task A_reference_written_as_text_stays_text()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        string bundle = await VatBundles.WriteAsync(kernel.Home.Root, "typed", "import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { bootstrap() {}, kind: (...values) => values.map((value) => typeof value) });");
        await kernel.LaunchAsync(new LaunchedVat("main", bundle));
        await Assert.That(await kernel.AskAsync("ko4", "kind", "\"ko1\",\"$0\",\"o+0\",\"&0\",\"#undefined\",\"+7\"")).IsEqualTo("""["string","string","string","string","string","string"]""");
        await Assert.That(await kernel.AskAsync("ko4", "kind", "{\"#error\":\"x\"},{\"@qclass\":\"slot\",\"index\":0}")).IsEqualTo("""["object","object"]""");
    }

    [Test]
    public async Task A_revoked_object_answers_no_more_and_the_vat_lives()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await kernel.LaunchAsync(new("main", "caller"), new("bob", "caller"));
        await kernel.AskAsync("ko4", "hold", "\"bob\"");
        string thing = (await kernel.SendAsync("ko5", "make")).Slots.Single();
        await kernel.CallAsync("revoke", $$"""{"kref":"{{thing}}"}""");
        await Assert.That((await kernel.CallAsync("isRevoked", $$"""{"kref":"{{thing}}"}""")).Result.GetBoolean()).IsTrue();
        await Assert.That((await kernel.SendAsync(thing, "use")).Message).StartsWith("[KERNEL:OBJECT_REVOKED]");
        await Assert.That((await kernel.SendAsync("ko4", "useHeld", "0")).Message).StartsWith("[KERNEL:OBJECT_REVOKED]");
        await kernel.RestartAsync();
        await Assert.That((await kernel.SendAsync(thing, "use")).IsError).IsTrue();
        await Assert.That(await kernel.AskAsync("ko5", "ping")).IsEqualTo("\"pong\"");
    }
}
