using Ocap.Daemon.Tests.Outside;
using Ocap.Daemon.Tests.Outside.Tls;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>https by the executable itself, which has no OpenSSL.</summary>
public sealed class HttpsTests
{
    private static readonly TestCertificate Root = TestCertificate.Root();
    private static readonly TestCertificate Rsa = TestCertificate.Root("rsa root", new() { Key = "RSA2048" });

    [Test]
    public async Task A_vat_fetches_from_a_server_that_the_machine_trusts_and_from_no_other()
    {
        using NodeServers node = await StartServersAsync();
        using var http = new LoopbackServer($"HTTP/1.1 302 Go\r\nLocation: {node["rsa"].Url("about")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using TestKernel kernel = await TestKernel.StartInAsync(TrustingHome(), Vat());
        await Assert.That(await kernel.AskAsync("ko4", "get", $"\"{node["curve"].Url("about")}\"")).StartsWith("\"200 application/json ").And.Contains("TLSv1.3");
        await Assert.That(await kernel.AskAsync("ko4", "get", $"\"{node["rsa"].Url("about")}\"")).Contains("TLSv1.2");
        await Assert.That(await kernel.AskAsync("ko4", "get", $"\"{http.Url}\"")).Contains("TLSv1.2");
        await Assert.That(await kernel.AskAsync("ko4", "echo", $"\"{node["curve"].Url("echo")}\",\"body\"")).IsEqualTo("\"body\"");
        await Assert.That(await kernel.AskAsync("ko4", "size", $"\"{node["rsa"].Url("large?size=3000000")}\"")).IsEqualTo("\"3000000 true\"");
        await Assert.That(await kernel.AskAsync("ko4", "why", $"\"{node["stranger"].Url("about")}\""))
            .StartsWith("\"UNABLE_TO_VERIFY_LEAF_SIGNATURE: the certificate of localhost is refused: the issuer of 'CN=server', CN=stranger, is neither sent by the server nor trusted here");
        await Assert.That(SharedLibraries(kernel)).IsEmpty();
    }

    [Test]
    public async Task A_bundle_is_fetched_by_https()
    {
        using NodeServers node = await StartServersAsync();
        await using TestKernel kernel = await TestKernel.StartInAsync(TrustingHome());
        string query = $"file?path={Uri.EscapeDataString(await VatBundles.PathAsync("counter"))}";
        RpcReply launched = await kernel.CallAsync("launchSubcluster", Config(node["curve"].Url(query)));
        await Assert.That(launched.IsError).IsFalse();
        await Assert.That((await kernel.CallAsync("launchSubcluster", Config(node["stranger"].Url(query)))).Message).Contains("the certificate of localhost is refused");
        await Assert.That(SharedLibraries(kernel)).IsEmpty();
    }

    private static TestHome TrustingHome()
    {
        Dictionary<string, string?> environment = new(StringComparer.Ordinal) { ["SSL_CERT_DIR"] = null };
        TestHome home = new(environment);
        string trusted = Path.Combine(home.Root, "trusted.pem");
        File.WriteAllText(trusted, Root.Pem + Rsa.Pem);
        environment["SSL_CERT_FILE"] = trusted;
        return home;
    }

    private static Task<NodeServers> StartServersAsync() => NodeServers.StartAsync(
        Root.Pem,
        NodeServer.Of("curve", "localhost", Root.Authority("test intermediate").For("localhost")),
        NodeServer.Of("rsa", "localhost", Rsa.Special(new() { Key = "RSA2048" }, "localhost")) with { MaxVersion = "TLSv1.2" },
        NodeServer.Of("stranger", "localhost", TestCertificate.Root("stranger").For("localhost")));

    private static LaunchedVat Vat() => new("main", "endowed", More: $",\"globals\":[{EndowmentTests.All}],\"network\":{{\"allowedHosts\":[\"localhost\",\"127.0.0.1\"]}}");

    private static string Config(string url) => $$$"""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"{{{url}}}"} } } }""";

    private static string[] SharedLibraries(TestKernel kernel) =>
        [.. File.ReadLines($"/proc/{kernel.Home.DaemonPid}/maps").Where(static line => line.Contains(".so", StringComparison.Ordinal))];
}
