using System.Text;
using System.Runtime.Versioning;
using Ocap.Daemon.Outside;
using Ocap.Daemon.Outside.Fetch;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;

namespace Ocap.Daemon.Tests.Outside;

/// <summary>Vats' requests on their way through the network.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FetchTests
{
    private const string Here = """{"bundleSpec":"x","network":{"allowedHosts":["127.0.0.1"]}}""";

    [Test]
    public async Task A_request_arrives_as_it_was_made_and_the_response_comes_piece_by_piece()
    {
        using var server = new LoopbackServer("HTTP/1.1 201 Made\r\nX-A: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        IVatOutside vat = world.Open(Vat, Here, heard);
        vat.Begin(new StartFetch(1, "POST", server.Url + "p?q=1", [new("x-mine", "yes"), new("content-type", "text/x"), new("host", "evil.test"), new("connection", "upgrade")], Encoding.UTF8.GetBytes("body"), "follow"));
        ResponseHead head = await heard.Next<ResponseHead>();
        await Assert.That((head.Status, head.StatusText, head.Url, head.IsRedirected)).IsEqualTo((201, "Made", server.Url + "p?q=1", false));
        await Assert.That(string.Join(' ', head.Headers.Select(header => $"{header.Key}={header.Value}"))).Contains("x-a=1").And.Contains("set-cookie=a=1").And.Contains("set-cookie=b=2").And.Contains("content-type=text/plain");
        await Assert.That(heard.Heard()).IsEmpty();
        vat.Begin(new ContinueFetch(1));
        await Assert.That(Encoding.UTF8.GetString((await heard.Next<BodyPiece>()).Bytes.Span)).IsEqualTo("hello");
        vat.Begin(new ContinueFetch(1));
        await heard.Next<BodyEnd>();
        string request = server.Requests.Single();
        await Assert.That(request).StartsWith("POST /p?q=1 HTTP/1.1\r\n");
        await Assert.That(request).Contains("x-mine: yes\r\n").And.Contains("Content-Type: text/x\r\n").And.Contains($"Host: 127.0.0.1:{server.Port}\r\n").And.EndsWith("\r\n\r\nbody");
        await Assert.That(request.ToLowerInvariant()).DoesNotContain("evil.test").And.DoesNotContain("upgrade");
    }

    [Test]
    [Arguments("%41%7E%2F/a//b/;x")]
    [Arguments("{}?a=%41|^`{}'%zz[]\\&b=%c3%a9")]
    [Arguments("%2e%2e/x/%2E")]
    public async Task A_URL_arrives_letter_for_letter(string path)
    {
        using var server = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, "GET", $"{server.Url}{path}#fragment", [], null, "follow"));
        await Assert.That((await heard.Next<ResponseHead>()).Url).IsEqualTo(server.Url + path);
        await Assert.That(server.Requests.Single()).StartsWith($"GET /{path} HTTP/1.1\r\n");
    }

    [Test]
    [Arguments("x y")]
    [Arguments("x\r\nEvil: 1")]
    [Arguments("\u00E9")]
    [Arguments("x\0")]
    public async Task A_URL_that_was_not_normalized_does_not_leave(string path)
    {
        using var server = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, "GET", server.Url + path, [], null, "follow"));
        await Assert.That((await heard.Next<OutsideFailure>()).Message).Contains("cannot be fetched");
        await Assert.That(server.Requests).IsEmpty();
    }

    [Test]
    [Arguments(301, "POST", "GET")]
    [Arguments(303, "PUT", "GET")]
    [Arguments(307, "POST", "POST")]
    [Arguments(308, "PUT", "PUT")]
    [Arguments(302, "GET", "GET")]
    public async Task Redirects_are_followed_as_a_browser_follows_them(int status, string method, string then)
    {
        using var server = new LoopbackServer((request, stream) => Answer(stream, request.Contains(" /first ", StringComparison.Ordinal)
            ? $"HTTP/1.1 {status} Go\r\nLocation: /second\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, method, server.Url + "first", [new("content-type", "a/b")], method == "GET" ? null : Encoding.UTF8.GetBytes("x"), "follow"));
        ResponseHead head = await heard.Next<ResponseHead>();
        await Assert.That((head.Status, head.Url, head.IsRedirected)).IsEqualTo((200, server.Url + "second", true));
        await Assert.That(server.Requests[1]).StartsWith($"{then} /second ");
        await Assert.That(server.Requests[1].EndsWith("\r\n\r\nx", StringComparison.Ordinal)).IsEqualTo(method == then && method != "GET");
    }

    [Test]
    public async Task A_redirect_to_another_host_is_refused_before_that_host_hears_of_it()
    {
        using var other = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var server = new LoopbackServer($"HTTP/1.1 302 Go\r\nLocation: http://localhost:{other.Port}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, "GET", server.Url, [], null, "follow"));
        await Assert.That(await heard.Next<OutsideFailure>()).IsEqualTo(new OutsideFailure("Error", "Invalid host: localhost", null));
        await Assert.That(other.Requests).IsEmpty();
    }

    [Test]
    [Arguments("http://localhost/", "Invalid host: localhost")]
    [Arguments("file:///etc/hostname", "fetch cannot target file:// URLs. Use the fs platform capability (VatConfig.platformConfig.fs) for filesystem access.")]
    [Arguments("http://127.0.0.1@localhost/", "Invalid host: localhost")]
    [Arguments("ftp://127.0.0.1/", "unknown scheme")]
    public async Task What_the_vat_may_not_reach_is_refused_whatever_its_own_side_says(string url, string message)
    {
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, "GET", url, [], null, "follow"));
        await Assert.That((await heard.Next<OutsideFailure>()).Message).IsEqualTo(message);
    }

    [Test]
    public async Task Endless_redirects_end()
    {
        using var server = new LoopbackServer("HTTP/1.1 302 Go\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var world = new OutsideWorld(TimeProvider.System, FetchLimits.Default with { MostRedirects = 3 });
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, "GET", server.Url, [], null, "follow"));
        await Assert.That((await heard.Next<OutsideFailure>()).Message).IsEqualTo("redirect count exceeded");
        await Assert.That(server.Requests.Count).IsEqualTo(4);
    }

    [Test]
    [Arguments("error")]
    [Arguments("manual")]
    public async Task A_redirect_can_be_refused_or_looked_at(string redirect)
    {
        using var server = new LoopbackServer("HTTP/1.1 302 Go\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, "GET", server.Url, [], null, redirect));
        if (redirect == "error")
        {
            await Assert.That((await heard.Next<OutsideFailure>()).Message).IsEqualTo("unexpected redirect");
        }
        else
        {
            await Assert.That((await heard.Next<ResponseHead>()).Status).IsEqualTo(302);
        }
    }

    [Test]
    public async Task A_body_past_the_limit_is_cut_off()
    {
        using var server = new LoopbackServer(async (_, stream) =>
        {
            await Answer(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            for (int i = 0; i < 1000; i++)
            {
                await stream.WriteAsync(new byte[1000]);
            }
        });
        using var world = new OutsideWorld(TimeProvider.System, FetchLimits.Default with { MostBytes = 100_000 });
        var heard = new Listener();
        IVatOutside vat = world.Open(Vat, Here, heard);
        vat.Begin(new StartFetch(1, "GET", server.Url, [], null, "follow"));
        await heard.Next<ResponseHead>();
        OutsideEvent last;
        do
        {
            vat.Begin(new ContinueFetch(1));
            last = await heard.Next<OutsideEvent>();
        }
        while (last is BodyPiece);
        await Assert.That(((OutsideFailure)last).Message).StartsWith("the body has more than");
    }

    [Test]
    public async Task A_server_that_says_nothing_is_not_waited_for_for_ever()
    {
        using var server = new LoopbackServer(static (_, _) => Task.Delay(Timeout.Infinite));
        using var world = new OutsideWorld(TimeProvider.System, FetchLimits.Default with { HeadPatience = TimeSpan.FromMilliseconds(200) });
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, "GET", server.Url, [], null, "follow"));
        await Assert.That((await heard.Next<OutsideFailure>()).Code).IsEqualTo("ETIMEDOUT");
    }

    [Test]
    public async Task A_refused_connection_says_so()
    {
        var gone = new LoopbackServer("");
        string url = gone.Url;
        gone.Dispose();
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(Vat, Here, heard).Begin(new StartFetch(1, "GET", url, [], null, "follow"));
        await Assert.That((await heard.Next<OutsideFailure>()).Code).IsEqualTo("ECONNREFUSED");
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task The_end_of_the_vat_or_of_its_interest_closes_the_connection(bool vatEnds)
    {
        var closed = new TaskCompletionSource();
        using var server = new LoopbackServer(async (_, stream) =>
        {
            await Answer(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nx");
            while (await stream.ReadAsync(new byte[1]) > 0)
            {
            }

            closed.SetResult();
        });
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        IVatOutside vat = world.Open(Vat, Here, heard);
        vat.Begin(new StartFetch(1, "GET", server.Url, [], null, "follow"));
        await heard.Next<ResponseHead>();
        if (vatEnds)
        {
            vat.End();
        }
        else
        {
            vat.Begin(new CancelRequest(1));
        }

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.That(heard.Heard()).IsEmpty();
    }

    [Test]
    public async Task A_vat_has_only_so_many_requests_under_way()
    {
        using var server = new LoopbackServer(static (_, _) => Task.Delay(Timeout.Infinite));
        using var world = new OutsideWorld(TimeProvider.System, FetchLimits.Default with { MostAtOnce = 2 });
        var heard = new Listener();
        IVatOutside vat = world.Open(Vat, Here, heard);
        for (int id = 1; id <= 3; id++)
        {
            vat.Begin(new StartFetch(id, "GET", server.Url, [], null, "follow"));
        }

        await Assert.That((await heard.Next<OutsideFailure>()).Message).IsEqualTo("a vat may have 2 requests under way at once");
        vat.End();
    }

    [Test]
    public async Task The_bodies_that_a_vat_sends_at_once_have_a_bound_together_and_what_has_ended_does_not_count()
    {
        using var server = new LoopbackServer(static (_, _) => Task.Delay(Timeout.Infinite));
        using var world = new OutsideWorld(TimeProvider.System, FetchLimits.Default with { MostSentBytes = 2 << 20 });
        var heard = new Listener();
        IVatOutside vat = world.Open(Vat, Here, heard);
        byte[] body = new byte[1 << 20];
        for (int id = 1; id <= 3; id++)
        {
            vat.Begin(new StartFetch(id, "POST", server.Url, [], body, "follow"));
        }

        await Assert.That((await heard.Next<OutsideFailure>()).Message).IsEqualTo("a vat's requests under way may send 2 MiB together");
        vat.Begin(new StartFetch(4, "GET", server.Url, [], null, "follow"));
        vat.Begin(new CancelRequest(1));
        vat.Begin(new StartFetch(5, "POST", server.Url, [], body, "follow"));
        await Assert.That(heard.Heard()).IsEmpty();
        vat.End();
    }

    private static VatId Vat { get; } = VatId.TryParse("v1", out VatId vat) ? vat : default;

    private static Task Answer(Stream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();
}
