using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Limits;

/// <summary>A vat may have limits of its own (<c>creationOptions.limits</c>).</summary>
public sealed class OwnLimitTests
{
    [Test]
    [Arguments("""{"limits":{"cpuMs":300}}""", "loop", "[KERNEL:VAT_FATAL:CPU_LIMIT] one delivery used more than 0.3 s of CPU time")]
    [Arguments("""{"limits":{"statements":100000}}""", "loop", "[KERNEL:VAT_FATAL:STATEMENT_LIMIT] one delivery ran more than 100000 statements")]
    [Arguments("""{"limits":{"memoryMiB":32}}""", "hoard", "[KERNEL:VAT_FATAL:MEMORY_LIMIT]")]
    [Arguments("""{"isolation":"own","limits":{"memoryMiB":512}}""", "hoard", "[KERNEL:VAT_FATAL:MEMORY_LIMIT]")]
    [Arguments("""{"isolation":"own","limits":{"cpuMs":300}}""", "convert", "[KERNEL:VAT_FATAL:CPU_LIMIT] one operation of the vat's code ran past the limit of 0.3 s")]
    public async Task A_vat_ends_at_the_limit_it_was_given(string options, string method, string reason)
    {
        await using TestKernel kernel = await TestKernel.StartAsync(new("unruly", "unruly", Options: options), new("bystander", "counter"));
        await Assert.That(await kernel.AskAsync("ko4", "ping")).IsEqualTo("\"pong\"");
        await Assert.That((await kernel.SendAsync("ko4", method)).Message).StartsWith(reason);
        await Assert.That(await kernel.AskAsync("ko5", "count")).IsEqualTo("1");
    }

    [Test]
    [Arguments("""{"isolation":"alone"}""", "creationOptions.isolation must be \"shared\", \"subcluster\" or \"own\"")]
    [Arguments("\"own\"", "creationOptions must be an object")]
    [Arguments("""{"Isolation":"own"}""", "creationOptions has no \"Isolation\"; do you mean isolation?")]
    [Arguments("""{"limit":{"cpuMs":300}}""", "creationOptions has no \"limit\"; do you mean limits?")]
    [Arguments("""{"limits":7}""", "creationOptions.limits must be an object")]
    [Arguments("""{"limits":{"cpu":1}}""", "creationOptions.limits has no \"cpu\"; it may have cpuMs, memoryMiB and statements")]
    [Arguments("""{"limits":{"cpuMs":0.5}}""", "creationOptions.limits.cpuMs must be a whole number from 1 to 600000")]
    [Arguments("""{"limits":{"memoryMiB":512}}""", "creationOptions.limits.memoryMiB above 256 needs isolation \"own\": there is no more for one of many")]
    public async Task What_makes_no_sense_is_refused_with_a_sentence(string options, string complaint)
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        RpcReply reply = await kernel.TryLaunchAsync(new LaunchedVat("a", "counter", Options: options));
        await Assert.That(reply.Message).IsEqualTo($"Failed to launch vat v1 (a): {complaint}");
    }
}
