using System.Text.Json;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>What vat authors rely on in their own vats: a global without the host in it.</summary>
public sealed class VatTests
{
    [Test]
    public async Task A_vat_logs_by_sub_loggers_of_its_powers()
    {
        await using TestKernel kernel = await TestKernel.StartAsync(new LaunchedVat("alice", "logging", """{"name":"Alice"}"""));
        string[] lines = [.. (await File.ReadAllLinesAsync(kernel.Home.In("daemon.log"))).Where(static line => line.Contains("[v1 alice]", StringComparison.Ordinal)).Select(static line => line[(line.IndexOf("] ", StringComparison.Ordinal) + 2)..].TrimEnd())];
        await Assert.That(string.Join('\n', lines)).IsEqualTo("[log] [v1 alice] Alice is built\n[log] [v1 alice] bootstrap {\"a\":1}\n[debug] [v1 alice] quietly\n[warn] [v1 alice] loudly");
    }

    [Test]
    public async Task A_vat_without_endowments_finds_nothing_of_the_host()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        using JsonDocument answer = JsonDocument.Parse((await kernel.LaunchAsync(new LaunchedVat("alice", "globals"))).Result);
        string[] results = [.. answer.RootElement.EnumerateArray().Select(static result => result.ToString())];
        await Assert.That(results).IsEquivalentTo((string[])
        [
            "",
            "",
            "TypeError: secure mode Calling %SharedDate%.now() throws",
            "TypeError: secure mode Calling new %SharedDate%() with no arguments throws",
            "TypeError: secure mode %SharedMath%.random() throws",
            "1970-01-01T00:00:00.000Z",
            "undefinedundefined",
            "42",
            "42",
        ]);
    }
}
