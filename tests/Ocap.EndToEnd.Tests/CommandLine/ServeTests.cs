using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.CommandLine;

public sealed class ServeTests
{
    private const string TooLong = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    private const string Content = """{"moduleFormat":"iife","code":"","exports":[],"external":[]}""";

    [Test]
    public async Task A_bundle_is_served_by_its_name_to_pages_of_any_origin()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await server.Client.GetAsync(server.Url("a.bundle?x=1"));
        await Assert.That(response.StatusCode).IsEqualTo(HttpStatusCode.OK);
        await Assert.That(await response.Content.ReadAsStringAsync()).IsEqualTo(Content);
        await Assert.That(response.Headers.CacheControl!.ToString()).IsEqualTo("no-cache");
        await Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin")).IsEquivalentTo(["*"]);
        using HttpResponseMessage nested = await server.Client.GetAsync(server.Url("deep/%62%20c.bundle"));
        await Assert.That(nested.StatusCode).IsEqualTo(HttpStatusCode.OK);
    }

    [Test]
    [Arguments("a.js")]
    [Arguments("")]
    [Arguments("deep")]
    [Arguments("deep/")]
    [Arguments("none.bundle")]
    [Arguments("directory.bundle")]
    [Arguments("a.bundle/x.bundle")]
    [Arguments("a.BUNDLE")]
    [Arguments(TooLong + ".bundle")]
    [Arguments(TooLong + "/a.bundle")]
    [Arguments("pipe.bundle")]
    public async Task Whatever_is_no_bundle_is_not_found_and_has_no_body(string path)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await server.Client.GetAsync(server.Url(path));
        await Assert.That(response.StatusCode).IsEqualTo(HttpStatusCode.NotFound);
        await Assert.That(response.Content.Headers.ContentLength).IsEqualTo(0);
    }

    [Test]
    [Arguments("/../outside.bundle")]
    [Arguments("/%2e%2e/outside.bundle")]
    [Arguments("/..%2foutside.bundle")]
    [Arguments("/deep/../../outside.bundle")]
    [Arguments("/..%5coutside.bundle")]
    [Arguments("//../outside.bundle")]
    [Arguments("/%00a.bundle")]
    [Arguments("/link.bundle")]
    [Arguments("/linked/outside.bundle")]
    [Arguments("/circle.bundle")]
    [Arguments("http://elsewhere/../outside.bundle")]
    public async Task Nothing_outside_of_the_directory_is_served(string target)
    {
        await using TestServer server = await TestServer.StartAsync();
        await Assert.That(await server.RawAsync($"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).StartsWith("HTTP/1.1 404 ");
    }

    [Test]
    public async Task A_link_within_the_directory_is_followed_and_so_is_one_to_the_directory_itself()
    {
        await using TestServer server = await TestServer.StartAsync(through: "way");
        await Assert.That((await server.Client.GetAsync(server.Url("inner.bundle"))).StatusCode).IsEqualTo(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_client_that_has_the_bundle_is_told_so_until_it_changes()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage first = await server.Client.GetAsync(server.Url("a.bundle"));
        EntityTagHeaderValue tag = first.Headers.ETag!;
        await Assert.That(await IfNoneMatchAsync(tag.ToString())).IsEqualTo(HttpStatusCode.NotModified);
        await Assert.That(await IfNoneMatchAsync($"\"other\", W/{tag}")).IsEqualTo(HttpStatusCode.NotModified);
        await Assert.That(await IfNoneMatchAsync("*")).IsEqualTo(HttpStatusCode.NotModified);
        await Assert.That(await IfNoneMatchAsync("\"other\"")).IsEqualTo(HttpStatusCode.OK);
        await File.WriteAllTextAsync(Path.Combine(server.Directory, "a.bundle"), Content + " ");
        await Assert.That(await IfNoneMatchAsync(tag.ToString())).IsEqualTo(HttpStatusCode.OK);

        async Task<HttpStatusCode> IfNoneMatchAsync(string tags)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, server.Url("a.bundle"));
            request.Headers.TryAddWithoutValidation("If-None-Match", tags);
            using HttpResponseMessage response = await server.Client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Test]
    public async Task HEAD_tells_what_GET_would_and_other_methods_are_not_allowed()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, server.Url("a.bundle")));
        await Assert.That(head.Content.Headers.ContentLength).IsEqualTo(Content.Length);
        await Assert.That(await head.Content.ReadAsStringAsync()).IsEqualTo("");
        using HttpResponseMessage post = await server.Client.PostAsync(server.Url("a.bundle"), new StringContent(new string('x', 100_000)));
        await Assert.That(post.StatusCode).IsEqualTo(HttpStatusCode.MethodNotAllowed);
        await Assert.That(post.Content.Headers.Allow).IsEquivalentTo(["GET", "HEAD"]);
    }

    [Test]
    public async Task One_connection_serves_many_requests_sent_at_once()
    {
        await using TestServer server = await TestServer.StartAsync();
        string answers = await server.RawAsync("GET /a.bundle HTTP/1.1\r\nHost: x\r\n\r\nHEAD /a.bundle HTTP/1.1\r\nHost: x\r\n\r\nGET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        await Assert.That(answers.Split("HTTP/1.1 ").Skip(1).Select(a => a[..3])).IsEquivalentTo(["200", "200", "404"]);
    }

    [Test]
    [Arguments("nonsense\r\n\r\n", "400")]
    [Arguments("GET /a.bundle HTTP/1.1\r\n\r\n", "400")]
    [Arguments("GET /a.bundle HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400")]
    [Arguments("GET /a.bundle HTTP/1.1\r\nHost : x\r\n\r\n", "400")]
    [Arguments("GET /a.bundle HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", "400")]
    [Arguments("GET /a.bundle HTTP/3\r\nHost: x\r\n\r\n", "400")]
    [Arguments("GET a.bundle HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [Arguments("GET /a.bundle HTTP/1.0\r\n\r\n", "200")]
    [Arguments("\r\n\r\n", "431")]
    public async Task A_request_that_is_not_right_is_refused_and_the_next_client_is_served(string request, string status)
    {
        await using TestServer server = await TestServer.StartAsync();
        await Assert.That(await server.RawAsync(request)).StartsWith($"HTTP/1.1 {status} ");
        await Assert.That(await server.RawAsync($"GET /a.bundle HTTP/1.1\r\nHost: x\r\nX: {new string('x', 20_000)}\r\n\r\n")).StartsWith("HTTP/1.1 431 ");
        using HttpResponseMessage next = await server.Client.GetAsync(server.Url("a.bundle"));
        await Assert.That(next.StatusCode).IsEqualTo(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_port_in_use_is_a_sentence()
    {
        await using TestServer server = await TestServer.StartAsync();
        CommandResult result = await server.Home.RunAsync("serve", server.Directory, "-p", server.Port.ToString(CultureInfo.InvariantCulture));
        await Assert.That(result).IsEqualTo(new CommandResult(1, "", $"Port {server.Port} is in use. Choose another with --port, or --port 0 for any that is free.\n"));
    }

    [Test]
    [Arguments("TERM", 0)]
    [Arguments("INT", 130)]
    public async Task A_signal_ends_it_cleanly_with_clients_connected(string signal, int exitCode)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpResponseMessage response = await server.Client.GetAsync(server.Url("a.bundle"));
        await Assert.That(await server.Command.EndAsync(signal)).IsEqualTo(new CommandResult(exitCode, "", ""));
    }

    [Test]
    [Arguments("--port=70000", "--port must be a number from 0 to 65535, got: 70000")]
    [Arguments("--port=x", "--port must be a number from 0 to 65535, got: x")]
    [Arguments("--host=example.test", "--host must be an address of this machine (0.0.0.0 for all it has), got: example.test")]
    [Arguments("--host=192.0.2.7", "This machine has no address 192.0.2.7. Choose another with --host.")]
    public async Task What_cannot_be_listened_on_is_a_sentence(string option, string sentence)
    {
        await using TestHome home = new();
        string[] port = option.StartsWith("--host", StringComparison.Ordinal) ? ["-p", "0"] : [];
        await Assert.That(await home.RunAsync(["serve", home.Root, option, .. port])).IsEqualTo(new CommandResult(1, "", sentence + "\n"));
        await Assert.That(await home.RunAsync("serve", home.Root + "/none")).IsEqualTo(new CommandResult(1, "", $"There is no directory {home.Root}/none.\n"));
    }

    [Test]
    public async Task Only_this_machine_is_served_unless_a_host_is_named_and_then_a_warning_says_so()
    {
        await using TestServer server = await TestServer.StartAsync();
        IEnumerable<IPAddress> listening = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(e => e.Port == server.Port).Select(e => e.Address);
        await Assert.That(listening.All(IPAddress.IsLoopback)).IsTrue();
        await using RunningCommand open = RunningCommand.Start(server.Home, "serve", server.Directory, "-p", "0", "--host", "0.0.0.0");
        await Assert.That(await open.ErrorAsync()).IsEqualTo($"Warning: whoever reaches this machine at 0.0.0.0 can read the bundles in {server.Directory}.");
        await Assert.That(await open.LineAsync()).StartsWith($"Starting bundle server in {server.Directory} on http://localhost:");
    }

    /// <summary>What <c>serve</c> is for: a launch by URL, under the name a person types.</summary>
    [Test]
    public async Task A_daemon_launches_what_is_served()
    {
        await using TestServer server = await TestServer.StartAsync();
        await VatBundles.WriteAsync(server.Directory, "vat", "import { Far } from '@endo/far';\nexport const buildRootObject = () => Far('root', { bootstrap: () => 'served' });\n");
        CommandResult result = await server.Home.RunAsync("daemon", "exec", "launchSubcluster", $$$"""{"config":{"bootstrap":"a","vats":{"a":{"bundleSpec":"http://localhost:{{{server.Port}}}/vat.bundle" } } } }""");
        await Assert.That(result.Output).Contains("served");
    }

    /// <summary><c>ocap serve</c> over a directory with bundles, links and things that are none of anybody's business.</summary>
    private sealed class TestServer : IAsyncDisposable
    {
        private TestServer(TestHome home, string directory, RunningCommand command, int port) => (Home, Directory, Command, Port) = (home, directory, command, port);

        internal TestHome Home { get; }

        internal string Directory { get; }

        internal RunningCommand Command { get; }

        internal int Port { get; }

        internal HttpClient Client { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

        internal static async Task<TestServer> StartAsync(string through = "served")
        {
            TestHome home = new();
            string directory = System.IO.Directory.CreateDirectory(Path.Combine(home.Root, "served")).FullName;
            System.IO.Directory.CreateDirectory(Path.Combine(directory, "deep"));
            System.IO.Directory.CreateDirectory(Path.Combine(directory, "directory.bundle"));
            foreach (string name in (string[])["a.bundle", "a.js", "deep/b c.bundle", "../outside.bundle"])
                await File.WriteAllTextAsync(Path.Combine(directory, name), Content);
            File.CreateSymbolicLink(Path.Combine(directory, "link.bundle"), "../outside.bundle");
            File.CreateSymbolicLink(Path.Combine(directory, "linked"), home.Root);
            File.CreateSymbolicLink(Path.Combine(directory, "circle.bundle"), "circle.bundle");
            File.CreateSymbolicLink(Path.Combine(directory, "inner.bundle"), "deep/../linked/served/a.bundle");
            File.CreateSymbolicLink(Path.Combine(home.Root, "way"), "served");
            await home.ShellAsync($"mkfifo '{directory}/pipe.bundle'");
            directory = Path.Combine(home.Root, through);
            RunningCommand command = RunningCommand.Start(home, "serve", through, "-p", "0");
            string start = $"Starting bundle server in {directory} on http://localhost:";
            string line = await command.LineAsync();
            return line.StartsWith(start, StringComparison.Ordinal)
                ? new TestServer(home, directory, command, int.Parse(line[start.Length..], CultureInfo.InvariantCulture))
                : throw new InvalidOperationException(line);
        }

        internal string Url(string path) => $"http://localhost:{Port}/{path}";

        /// <summary>Sends bytes as they are, and gives all that comes back until the server closes.</summary>
        internal async Task<string> RawAsync(string request)
        {
            using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, Port, late.Token);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), late.Token);
            using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
            return await reader.ReadToEndAsync(late.Token);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Command.DisposeAsync();
            await Home.DisposeAsync();
        }
    }
}
