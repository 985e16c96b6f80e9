using System.Text;
using Ocap.Cli.Client;
using Ocap.Cli.Verbs;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Tests.Client;

public sealed class RpcTextTests
{
    [Test]
    public async Task A_request_is_one_line()
    {
        await Assert.That(Encoding.UTF8.GetString(RpcRequest.Line("get\nStatus\"", "[1]"u8))).IsEqualTo("""{"jsonrpc":"2.0","id":"1","method":"get\nStatus\u0022","params":[1]}""" + "\n");
        await Assert.That(Encoding.UTF8.GetString(RpcRequest.Line("m", default))).IsEqualTo("""{"jsonrpc":"2.0","id":"1","method":"m"}""" + "\n");
    }

    [Test]
    public async Task A_result_is_taken_out_as_it_came()
    {
        RpcReply reply = RpcReply.Parse(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":{"x":[1]},"result": {"a":[1.0,"\ud800"]} }"""));
        await Assert.That(Encoding.UTF8.GetString(reply.Result.Span)).IsEqualTo("""{"a":[1.0,"\ud800"]}""");
        await Assert.That(reply.Error).IsNull();
    }

    [Test]
    public async Task An_error_is_read_whatever_else_it_has()
    {
        RpcReply reply = RpcReply.Parse(Encoding.UTF8.GetBytes("""{"error":{"data":{"body":"#1"},"message":"no","code":-32603},"id":null,"jsonrpc":"2.0"}"""));
        await Assert.That(reply.Error).IsEqualTo(new RpcFailure(-32603, "no"));
    }

    [Test]
    [Arguments("")]
    [Arguments("[]")]
    [Arguments("{}")]
    [Arguments("HTTP/1.1 400 Bad Request")]
    [Arguments("""{"jsonrpc":"2.0","id":"1"}""")]
    [Arguments("""{"error":"no"}""")]
    public async Task What_is_no_answer_is_said_so(string line)
    {
        await Assert.That(() => RpcReply.Parse(Encoding.UTF8.GetBytes(line))).Throws<DaemonException>();
    }

    [Test]
    public async Task Failed_vats_are_listed_with_their_reasons()
    {
        DaemonDescription daemon = DaemonDescription.Parse("""{"pid":7,"new":{"x":1},"vats":{"running":2,"starting":1,"failed":[{"id":"v3","subclusterId":"s1","reason":"gone"}]},"hosts":[{"pid":8,"kind":"shared","residentBytes":31999999,"confinement":"none","vats":["v1","v2"]},{"pid":9,"kind":"own","residentBytes":1,"confinement":"","vats":["v3"]}],"version":"1"}"""u8);
        await Assert.That(daemon.Pid).IsEqualTo(7);
        await Assert.That(daemon.Running).IsEqualTo(2);
        await Assert.That(daemon.Failed).IsEquivalentTo((string[])["v3: gone"]);
        await Assert.That(daemon.Hosts).IsEquivalentTo((string[])["process 8 (shared): 2 vats, 31 MB; confined by: none", "process 9 (own): 1 vat, 0 MB"]);
        await Assert.That(daemon.Version).IsEqualTo("1");
    }

    [Test]
    public async Task What_vats_use_is_listed_busiest_first_and_not_without_end()
    {
        static string Vat(int number, double cpu, string more = "", string limit = "") => FormattableString.Invariant(
            $$"""{"id":"v{{number}}","name":"a{{number}}","deliveries":{{number}},"cpuMs":{{cpu}},"mostCpuMs":1.5,"allocatedBytes":9,"retainedBytes":{"least":0,"most":3145729}{{more}},"limits":{"cpuMs":5000,"memoryMiB":256{{limit}} } }""");
        string vats = Vat(1, 2) + "," + Vat(2, 7.25, ""","mostStatements":40""", ""","statements":100""");
        DaemonDescription daemon = DaemonDescription.Parse(Encoding.UTF8.GetBytes($$"""{"vats":{"usage":[{{vats}}],"running":2},"pid":7}"""));
        await Assert.That(daemon.Usage).IsEquivalentTo((string[])[
            "v2 (a2): 2 deliveries, 7.3 ms of CPU, at most 1.5 of 5000 ms at once, at most 40 of 100 statements at once, at most 4 of 256 MiB",
            "v1 (a1): 1 delivery, 2 ms of CPU, at most 1.5 of 5000 ms at once, at most 4 of 256 MiB"]);
        await Assert.That((daemon.Running, daemon.Pid)).IsEqualTo((2, 7));

        daemon = DaemonDescription.Parse(Encoding.UTF8.GetBytes($$"""{"vats":{"usage":[{{Vat(1, 2).Replace("3145729", "390070272", StringComparison.Ordinal)}}]} }"""));
        await Assert.That(daemon.Usage.Single()).EndsWith("at most 372 MiB, of which 256 are its own when others need room");

        string many = string.Join(',', Enumerable.Range(1, 25).Select(number => Vat(number, number)));
        daemon = DaemonDescription.Parse(Encoding.UTF8.GetBytes($$"""{"vats":{"usage":[{{many}}]} }"""));
        await Assert.That(daemon.Usage.Count).IsEqualTo(11);
        await Assert.That(daemon.Usage[0]).StartsWith("v25 ");
        await Assert.That(daemon.Usage[10]).IsEqualTo("and 15 more that used less: ocap daemon status --json");
    }

    [Test]
    [Arguments(5, "5 s")]
    [Arguments(65, "1 min 5 s")]
    [Arguments(3661, "1 h 1 min")]
    [Arguments(90061, "1 d 1 h")]
    public async Task Uptimes_are_short(int seconds, string text) => await Assert.That(StatusVerb.Duration(TimeSpan.FromSeconds(seconds))).IsEqualTo(text);
}
