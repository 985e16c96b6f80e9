using System.IO.Compression;
using System.Text;
using Ocap.Daemon.Tests.Outside;
using Ocap.EndToEnd.Tests.Harness;

namespace Ocap.EndToEnd.Tests.Scenarios;

/// <summary>What a vat is given when its configuration asks for it, by the executable itself (issue: endowments; cluster-config §7).</summary>
public sealed class EndowmentTests
{
    private const string Root = "ko4";

    internal const string All = "\"setTimeout\",\"clearTimeout\",\"setInterval\",\"clearInterval\",\"Date\",\"Math\",\"crypto\",\"SubtleCrypto\",\"fetch\",\"Request\",\"Headers\",\"Response\","
        + "\"TextEncoder\",\"TextDecoder\",\"URL\",\"URLSearchParams\",\"atob\",\"btoa\",\"AbortController\",\"AbortSignal\"";

    [Test]
    public async Task A_promise_can_wait_for_a_timer_and_timers_fire_in_order()
    {
        await using TestKernel kernel = await StartAsync();
        await Assert.That(await kernel.AskAsync(Root, "wait", "20")).IsEqualTo("\"waited\"");
        await Assert.That(await kernel.AskAsync(Root, "order")).IsEqualTo("\"a aa b c\"");
    }

    [Test]
    public async Task What_an_interval_does_is_durable_and_the_interval_is_not()
    {
        await using TestKernel kernel = await StartAsync();
        await kernel.AskAsync(Root, "startTicking");
        string ticks = await Until(kernel, static ticks => ticks >= 5);
        await Assert.That(await kernel.KillAndAuditAsync()).IsEmpty();
        await kernel.ResumeAsync();
        string after = await kernel.AskAsync(Root, "ticks");
        await Assert.That(int.Parse(after)).IsGreaterThanOrEqualTo(int.Parse(ticks));
        await kernel.AskAsync(Root, "wait", "100");
        await Assert.That(await kernel.AskAsync(Root, "ticks")).IsEqualTo(after);
    }

    [Test]
    public async Task Timers_end_with_their_vat_and_its_restart()
    {
        await using TestKernel kernel = await StartAsync();
        await kernel.AskAsync(Root, "startTicking");
        await Until(kernel, static ticks => ticks >= 2);
        await Assert.That((await kernel.CallAsync("restartVat", """{"id":"v1"}""")).IsError).IsFalse();
        string after = await kernel.AskAsync(Root, "ticks");
        await kernel.AskAsync(Root, "wait", "100");
        await Assert.That(await kernel.AskAsync(Root, "ticks")).IsEqualTo(after);
    }

    [Test]
    public async Task A_page_is_fetched_and_a_large_one_comes_in_pieces()
    {
        using var server = new LoopbackServer(static async (request, stream) =>
        {
            string body = request.StartsWith("POST", StringComparison.Ordinal) ? request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..] : "hello";
            string more = request.Contains("x-test: yes", StringComparison.Ordinal) ? " and a header" : "";
            byte[] content = request.Contains(" /large ", StringComparison.Ordinal) ? new byte[3_000_000] : Encoding.UTF8.GetBytes(body + more);
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(content);
        });
        await using TestKernel kernel = await StartAsync();
        await Assert.That(await kernel.AskAsync(Root, "get", $"\"{server.Url}\"")).IsEqualTo("\"200 text/plain hello\"");
        await Assert.That(await kernel.AskAsync(Root, "echo", $"\"{server.Url}\",\"body\"")).IsEqualTo("\"body and a header\"");
        await Assert.That(await kernel.AskAsync(Root, "size", $"\"{server.Url}large\"")).IsEqualTo("\"3000000 true\"");
    }

    [Test]
    [Arguments("gzip")]
    [Arguments("deflate")]
    [Arguments("br")]
    public async Task A_compressed_page_is_decoded_in_the_executable(string coding)
    {
        using var made = new MemoryStream();
        using (Stream coder = coding switch { "gzip" => new GZipStream(made, CompressionLevel.Optimal), "deflate" => new ZLibStream(made, CompressionLevel.Optimal), _ => new BrotliStream(made, CompressionLevel.Optimal) })
            coder.Write(Encoding.UTF8.GetBytes("héllo"));
        byte[] body = made.ToArray();
        using var server = new LoopbackServer(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        });
        await using TestKernel kernel = await StartAsync();
        await Assert.That(await kernel.AskAsync(Root, "get", $"\"{server.Url}\"")).IsEqualTo("\"200 text/plain héllo\"");
    }

    [Test]
    [Arguments("gzip")]
    [Arguments("br")]
    public async Task A_compressed_page_that_grows_a_thousandfold_comes_in_pieces_and_one_that_grows_further_is_cut_off(string coding)
    {
        byte[] large = Bomb(60_000_000), tooLarge = Bomb(300_000_000);
        using var server = new LoopbackServer(async (request, stream) =>
        {
            byte[] body = request.Contains(" /bomb ", StringComparison.Ordinal) ? tooLarge : large;
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        });
        await using TestKernel kernel = await StartAsync();
        await Assert.That(await kernel.AskAsync(Root, "size", $"\"{server.Url}\"")).IsEqualTo("\"60000000 true\"");
        await Assert.That((await kernel.SendAsync(Root, "size", $"\"{server.Url}bomb\"")).Message).IsEqualTo("terminated");

        byte[] Bomb(int size)
        {
            using var made = new MemoryStream();
            using (Stream coder = coding is "gzip" ? new GZipStream(made, CompressionLevel.Optimal) : new BrotliStream(made, CompressionLevel.Optimal))
                coder.Write(new byte[size]);
            return made.ToArray();
        }
    }

    [Test]
    public async Task A_form_goes_out_and_comes_back_with_its_file()
    {
        using var server = new LoopbackServer(static async (request, stream) =>
        {
            string type = request.Split("\r\n").First(static line => line.StartsWith("content-type:", StringComparison.OrdinalIgnoreCase));
            string body = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        });
        await using TestKernel kernel = await StartAsync();
        await Assert.That(await kernel.AskAsync(Root, "form", $"\"{server.Url}\"")).IsEqualTo("\"a=1 f=File x.txt a/b 3 abc\"");
    }

    [Test]
    public async Task What_a_vat_says_at_any_level_is_in_the_log()
    {
        await using TestKernel kernel = await StartAsync();
        await kernel.AskAsync(Root, "say");
        string log = await File.ReadAllTextAsync(kernel.Home.In("daemon.log"));
        foreach (string level in (string[])["debug", "info", "log", "warn", "error"])
            await Assert.That(log).Contains($"[{level}] [v1 main] said {level}");
    }

    [Test]
    public async Task A_host_that_is_not_allowed_is_not_reached_directly_or_by_a_redirect()
    {
        using var other = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var server = new LoopbackServer($"HTTP/1.1 302 Go\r\nLocation: http://localhost:{other.Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using TestKernel kernel = await StartAsync();
        await Assert.That((await kernel.SendAsync(Root, "get", $"\"http://localhost:{other.Port}/\"")).Message).IsEqualTo("Invalid host: localhost");
        await Assert.That((await kernel.SendAsync(Root, "get", $"\"{server.Url}\"")).Message).IsEqualTo("Invalid host: localhost");
        await Assert.That((await kernel.SendAsync(Root, "get", "\"file:///etc/hostname\"")).Message)
            .IsEqualTo("fetch cannot target file:// URLs. Use the fs platform capability (VatConfig.platformConfig.fs) for filesystem access.");
        await Assert.That(other.Requests).IsEmpty();
    }

    [Test]
    public async Task A_request_can_be_aborted_and_ends_with_its_vat()
    {
        var closed = new SemaphoreSlim(0);
        using var server = new LoopbackServer(async (_, stream) =>
        {
            while (await stream.ReadAsync(new byte[1]) > 0)
            {
            }

            closed.Release();
        });
        await using TestKernel kernel = await StartAsync();
        await Assert.That(await kernel.AskAsync(Root, "abort", $"\"{server.Url}\"")).IsEqualTo("\"AbortError\"");
        await Assert.That(await closed.WaitAsync(TimeSpan.FromSeconds(20))).IsTrue();
        await kernel.AskAsync(Root, "hang", $"\"{server.Url}\"");
        for (int i = 0; i < 400 && server.Requests.Count < 2; i++)
            await Task.Delay(25);
        await kernel.CallAsync("terminateVat", """{"id":"v1"}""");
        await Assert.That(await closed.WaitAsync(TimeSpan.FromSeconds(20))).IsTrue();
    }

    [Test]
    public async Task Files_of_the_configured_directory_can_be_read_and_no_others()
    {
        string folder = Directory.CreateTempSubdirectory("ocap-fs-").FullName;
        try
        {
            string file = Path.Combine(folder, "a.txt");
            await File.WriteAllTextAsync(file, "héllo");
            File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/hostname");
            await using TestKernel kernel = await StartAsync($$$""","platformConfig":{"fs":{"rootDir":"{{{folder}}}","existsSync":true,"promises":{"readFile":true} } }""");
            await Assert.That(await kernel.AskAsync(Root, "exists", $"\"{file}\"")).IsEqualTo("true");
            await Assert.That(await kernel.AskAsync(Root, "read", $"\"{file}\"")).IsEqualTo("\"héllo\"");
            await Assert.That(await kernel.AskAsync(Root, "length", $"\"{file}\"")).IsEqualTo("6");
            await Assert.That((await kernel.SendAsync(Root, "read", "\"/etc/hostname\"")).Message).IsEqualTo($"fs.readFile: Path /etc/hostname is outside allowed root {folder}");
            await Assert.That((await kernel.SendAsync(Root, "read", $"\"{folder}/link\"")).Message).IsEqualTo($"fs.readFile: Symlinks are prohibited: {folder}/link");
            await Assert.That((await kernel.SendAsync(Root, "exists", "\"/etc/hostname\"")).Message).IsEqualTo($"fs.existsSync: Path /etc/hostname is outside allowed root {folder}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task Every_endowment_works_in_the_executable()
    {
        await using TestKernel kernel = await StartAsync();
        await Assert.That(await kernel.AskAsync(Root, "hash", "\"abc\"")).IsEqualTo("\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"");
        await Assert.That(await kernel.AskAsync(Root, "sign")).IsEqualTo("true");
        await Assert.That(await kernel.AskAsync(Root, "web")).IsEqualTo("\"https://example.com/x?q=%C3%A9 a=1+2 hello hi 36 true true\"");
    }

    [Test]
    public async Task A_vat_that_asks_for_too_much_is_not_launched_and_is_told_why()
    {
        await using TestKernel kernel = await TestKernel.StartAsync();
        await Assert.That((await LaunchAsync(kernel, ",\"globals\":[\"fetch\"]")).Message).IsEqualTo("Failed to launch vat v1 (main): Vat \"v1\" requested \"fetch\" but no network.allowedHosts was specified");
        await Assert.That((await LaunchAsync(kernel, ",\"globals\":[\"process\"]")).Message).Contains("Expected a value of type `VatConfig`");
        await Assert.That(await kernel.VatsAsync()).IsEmpty();
    }

    private static Task<RpcReply> LaunchAsync(TestKernel kernel, string more) => kernel.TryLaunchAsync(new LaunchedVat("main", "endowed", More: more));

    private static Task<TestKernel> StartAsync(string more = "") => TestKernel.StartAsync(new LaunchedVat("main", "endowed", More: $",\"globals\":[{All}],\"network\":{{\"allowedHosts\":[\"127.0.0.1\"]}}{more}"));

    private static async Task<string> Until(TestKernel kernel, Predicate<int> isEnough)
    {
        for (int i = 0; ; i++)
        {
            string ticks = await kernel.AskAsync(Root, "ticks");
            if (isEnough(int.Parse(ticks)))
                return ticks;
            if (i == 400)
                throw new TimeoutException($"after a long while there were {ticks} ticks");
            await Task.Delay(25);
        }
    }
}
