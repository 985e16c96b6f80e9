using System.Globalization;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>Every function that a vat can reach, called by the executable: what is compiled ahead may end the process where the JIT, under which the other tests run, does not.</summary>
public sealed class NativeSweepTests
{
    private const string Root = "ko4";
    private const int Batch = 500;

    [Test]
    public async Task No_function_that_a_vat_can_reach_ends_its_host_whatever_literals_it_is_called_with()
    {
        await using var files = new TestHome();
        await using TestKernel kernel = await TestKernel.StartAsync(new LaunchedVat(
            "sweep",
            "native-sweep",
            More: $$$""","globals":[{{{EndowmentTests.All}}}],"network":{"allowedHosts":["127.0.0.1"]},"platformConfig":{"fs":{"rootDir":"{{{files.Root}}}","existsSync":true,"promises":{"readFile":true,"access":true} } }"""));
        int[] before = [.. (await kernel.HostsAsync()).Select(static host => host.Pid)];
        int count = int.Parse(await kernel.AskAsync(Root, "count"), CultureInfo.InvariantCulture), answered = 0;
        await Assert.That(count).IsGreaterThan(20_000);
        for (int from = 0; from < count; from += Batch)
        {
            RpcReply reply = await kernel.SendAsync(Root, "attempt", $"{from}, {from + Batch}");
            if (reply.IsError)
                Assert.Fail($"{reply.Message}, among\n{await kernel.AskAsync(Root, "show", $"{from}, {from + Batch}")}");
            answered += int.Parse(reply.Body, CultureInfo.InvariantCulture);
        }

        await Assert.That(answered).IsGreaterThan(count / 4);
        await Assert.That((await kernel.HostsAsync()).Select(static host => host.Pid)).IsEquivalentTo(before);
    }
}
