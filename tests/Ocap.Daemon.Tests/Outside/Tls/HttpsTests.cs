using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Ocap.Daemon.Outside;
using Ocap.Daemon.Outside.Fetch;
using Ocap.Daemon.Outside.Tls;
using Ocap.Kernel.Outside;

namespace Ocap.Daemon.Tests.Outside.Tls;

/// <summary>https as the daemon speaks it, with servers of Node.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HttpsTests
{
    private static readonly TestCertificate Root = TestCertificate.Root();
    private static readonly TestCertificate Certificate = Root.Authority("test intermediate").For("localhost", "127.0.0.1");

    [Test]
    [Arguments("TLSv1.2")]
    [Arguments("TLSv1.3")]
    public async Task A_server_of_either_version_hears_its_name_and_that_HTTP_1_1_is_spoken(string version)
    {
        await using Fixture with = await Fixture.StartAsync(version);
        JsonElement about = JsonDocument.Parse(await with.Client.GetStringAsync(with.Url("about"))).RootElement;
        await Assert.That(about.GetProperty("protocol").GetString()).IsEqualTo(version);
        await Assert.That(about.GetProperty("alpn").GetString()).IsEqualTo("http/1.1");
        await Assert.That(about.GetProperty("sni").GetString()).IsEqualTo("localhost");
        await Assert.That(about.GetProperty("host").GetString()).IsEqualTo($"localhost:{with.Server.Port}");
        await Assert.That(about.GetProperty("cipher").GetString()).Contains("GCM");
        await Assert.That(await with.Client.GetStringAsync(with.Url("about").Replace("localhost", "127.0.0.1", StringComparison.Ordinal))).Contains("\"sni\":false");
    }

    [Test]
    [Arguments("TLSv1.2")]
    [Arguments("TLSv1.3")]
    public async Task Large_bodies_arrive_whole_in_both_directions(string version)
    {
        await using Fixture with = await Fixture.StartAsync(version);
        byte[] large = await with.Client.GetByteArrayAsync(with.Url("large?size=5000000"));
        await Assert.That(large.Length).IsEqualTo(5_000_000);
        await Assert.That(Enumerable.Range(0, 100).All(i => large[i * 50_000] == (5_000_000 - (i * 50_000)) % 251)).IsTrue();
        byte[] sent = new byte[2_000_003];
        new Random(7).NextBytes(sent);
        using HttpResponseMessage response = await with.Client.PostAsync(with.Url("echo"), new ByteArrayContent(sent));
        byte[] back = await response.Content.ReadAsByteArrayAsync();
        await Assert.That(back.AsSpan().SequenceEqual(sent)).IsTrue();
    }

    [Test]
    public async Task Requests_share_a_connection_unless_one_asks_to_close_it()
    {
        await using Fixture with = await Fixture.StartAsync();
        int first = await with.ConnectionAsync(close: false);
        await Assert.That(await with.ConnectionAsync(close: true)).IsEqualTo(first);
        await Assert.That(await with.ConnectionAsync(close: false)).IsNotEqualTo(first);
    }

    [Test]
    public async Task Many_requests_at_once_do_not_get_into_each_other()
    {
        await using Fixture with = await Fixture.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            string text = new((char)('a' + (i % 26)), 10_000 + i);
            using HttpResponseMessage response = await with.Client.PostAsync(with.Url("echo"), new StringContent(text));
            string back = await response.Content.ReadAsStringAsync();
            if (back != text)
            {
                throw new InvalidOperationException($"request {i} got another's answer");
            }
        }));
    }

    [Test]
    [Arguments("TLSv1.2")]
    [Arguments("TLSv1.3")]
    public async Task A_body_that_ends_with_the_connection_is_whole_only_if_the_server_said_so(string version)
    {
        await using Fixture with = await Fixture.StartAsync(version);
        await Assert.That(await with.Client.GetStringAsync(with.Url("until-close"))).IsEqualTo("whole");
        await Assert.That(await with.Client.GetStringAsync(with.Url("cut-after-length"))).IsEqualTo("whole");
        HttpRequestException? cut = await Assert.ThrowsAsync<HttpRequestException>(() => with.Client.GetStringAsync(with.Url("cut")));
        await Assert.That(cut!.GetBaseException() is TlsFailedException or SocketException).IsTrue();
    }

    [Test]
    public async Task A_request_that_is_given_up_closes_its_connection()
    {
        await using Fixture with = await Fixture.StartAsync();
        using var cancel = new CancellationTokenSource();
        using (HttpResponseMessage response = await with.Client.GetAsync(with.Url("hang"), HttpCompletionOption.ResponseHeadersRead))
        {
            await using Stream body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[1]);
            ValueTask<int> next = body.ReadAsync(new byte[1], cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(async () => await next);
        }

        string closed = "false";
        for (int i = 0; i < 400 && closed == "false"; i++)
        {
            await Task.Delay(25);
            closed = await with.Client.GetStringAsync(with.Url("was-closed"));
        }

        await Assert.That(closed).IsEqualTo("true");
    }

    [Test]
    public async Task A_server_that_speaks_plain_http_or_goes_away_is_named()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        Task answer = Task.Run(async () =>
        {
            using TcpClient client = await plain.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
        });
        using var file = new TempFile(Root.Pem);
        using var client = new HttpClient(new WebHandler(file.Trust));
        HttpRequestException? failed = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync($"https://127.0.0.1:{((IPEndPoint)plain.LocalEndpoint).Port}/"));
        await answer;
        await Assert.That(failed!.Message).Contains("127.0.0.1").And.Contains("TLS");
    }

    [Test]
    public async Task A_vat_is_redirected_from_http_to_https_and_back_to_hosts_it_may_reach_only()
    {
        await using Fixture with = await Fixture.StartAsync();
        using var end = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var begin = new LoopbackServer($"HTTP/1.1 302 Go\r\nLocation: {with.Url("redirect?to=")}{end.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var file = new TempFile(Root.Pem);
        using var world = new OutsideWorld(TimeProvider.System, FetchLimits.Default, file.Trust);
        var heard = new Listener();
        Fetch(world, heard, begin.Url, "\"127.0.0.1\",\"localhost\"");
        await Assert.That(((await heard.Next<ResponseHead>()).Url, end.Requests.Count)).IsEqualTo((end.Url, 1));
        Fetch(world, heard, begin.Url, "\"127.0.0.1\"");
        await Assert.That((await heard.Next<OutsideFailure>()).Message).IsEqualTo("Invalid host: localhost");
        Fetch(world, heard, with.Url("redirect?to=") + end.Url, "\"localhost\"");
        await Assert.That((await heard.Next<OutsideFailure>()).Message).IsEqualTo("Invalid host: 127.0.0.1");
        await Assert.That(end.Requests.Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_vat_is_told_why_a_certificate_is_refused_with_the_code_of_Node()
    {
        await using Fixture with = await Fixture.StartAsync();
        using var file = new TempFile(TestCertificate.Root("other").Pem);
        using var world = new OutsideWorld(TimeProvider.System, FetchLimits.Default, file.Trust);
        var heard = new Listener();
        Fetch(world, heard, with.Url("about"), "\"localhost\"");
        OutsideFailure failure = await heard.Next<OutsideFailure>();
        await Assert.That(failure.Message).StartsWith("the certificate of localhost is refused: the issuer of 'CN=test intermediate'");
        await Assert.That(failure.Code).IsEqualTo("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    }

    [Test]
    public async Task The_trusted_certificates_are_read_again_when_their_file_has_changed()
    {
        await using Fixture with = await Fixture.StartAsync();
        using var file = new TempFile(TestCertificate.Root("other").Pem);
        using var client = new HttpClient(new WebHandler(file.Trust));
        HttpRequestException? refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(with.Url("about")));
        await Assert.That(refused!.Message).Contains("the issuer of 'CN=test intermediate', CN=test root, is neither sent by the server nor trusted here");
        await File.AppendAllTextAsync(file.Path, "# a comment\n" + Root.Pem);
        await Assert.That(await client.GetStringAsync(with.Url("about"))).Contains("localhost");
    }

    [Test]
    public async Task Trusted_certificates_come_from_a_directory_too_and_their_absence_is_said()
    {
        string directory = Directory.CreateTempSubdirectory("ocap-tls-").FullName;
        try
        {
            var trust = new TrustStore(name => name == "SSL_CERT_DIR" ? directory : null);
            await Assert.That(() => trust.Anchors()).Throws<TlsFailedException>().WithMessageContaining($"no trusted certificates are in {directory}: set SSL_CERT_FILE");
            await File.WriteAllTextAsync(Path.Combine(directory, "a.pem"), Root.Pem);
            Directory.SetLastWriteTimeUtc(directory, DateTime.UtcNow.AddSeconds(1));
            await Assert.That(trust.Anchors().Count).IsEqualTo(1);
            await Assert.That(() => TempFile.TrustIn("/nowhere.pem").Anchors()).Throws<TlsFailedException>().WithMessageContaining("/nowhere.pem");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Fetch(OutsideWorld world, Listener heard, string url, string hosts) =>
        world.Open(default, $$$"""{"bundleSpec":"x","network":{"allowedHosts":[{{{hosts}}}]} }""", heard).Begin(new StartFetch(1, "GET", url, [], null, "follow"));

    /// <summary>One server and a client that trusts it.</summary>
    private sealed class Fixture(NodeServers node, TempFile file) : IAsyncDisposable
    {
        internal NodeServer Server => node["one"];

        internal HttpClient Client { get; } = new(new WebHandler(file.Trust)) { Timeout = TimeSpan.FromSeconds(60) };

        internal static async Task<Fixture> StartAsync(string? version = null) => new(
            await NodeServers.StartAsync(Root.Pem, NodeServer.Of("one", "localhost", Certificate) with { MinVersion = version, MaxVersion = version }),
            new TempFile(Root.Pem));

        internal string Url(string path) => Server.Url(path);

        internal async Task<int> ConnectionAsync(bool close)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Url("about"));
            request.Headers.ConnectionClose = close;
            using HttpResponseMessage response = await Client.SendAsync(request);
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("connection").GetInt32();
        }

        public ValueTask DisposeAsync()
        {
            Client.Dispose();
            node.Dispose();
            file.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
