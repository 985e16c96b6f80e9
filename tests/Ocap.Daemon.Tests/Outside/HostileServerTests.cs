using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Outside;
using Ocap.Daemon.Outside.Fetch;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;

namespace Ocap.Daemon.Tests.Outside;

/// <summary>
/// Servers that answer badly. What is expected is what Node's fetch makes of the same bytes (but that it refuses a length said twice, and a 100 before the response, which the standards allow): <c>status reason body</c>,
/// <c>…</c> behind it when the body broke off, or <c>failed</c> when there was no response at all.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileServerTests
{
    private const string Here = """{"bundleSpec":"x","network":{"allowedHosts":["127.0.0.1"]}}""";

    [Test]
    [Arguments("HTTP/1.1 200 OK|Content-Length: 5||hello", "200 OK hello")]
    [Arguments("HTTP/1.1 200|Content-Length: 5||hello", "200  hello")]
    [Arguments("HTTP/1.1 200 |Content-Length: 5||hello", "200  hello")]
    [Arguments("HTTP/1.0 200 OK||hello", "200 OK hello")]
    [Arguments("HTTP/1.1 999 X|Content-Length: 0||", "999 X ")]
    [Arguments("HTTP/1.1 200 OK|Content-Length: 3||hello", "200 OK hel")]
    [Arguments("HTTP/1.1 200 OK||hello", "200 OK hello")]
    [Arguments("HTTP/1.1 200 OK|Content-Length: 5|Content-Length: 5||hello", "200 OK hello")]
    [Arguments("HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 5||hello", "200 OK hello")]
    [Arguments("HTTP/1.1 200 OK|X-A:|Content-Length: 5||hello", "200 OK hello")]
    [Arguments("HTTP/1.1 103 Early|Link: x||HTTP/1.1 200 OK|Content-Length: 5||hello", "200 OK hello")]
    [Arguments("HTTP/1.1 204 No|Content-Length: 5||hello", "204 No ")]
    [Arguments("HTTP/1.1 300 Go|Location: /next|Content-Length: 5||hello", "300 Go hello")]
    [Arguments("HTTP/1.1 302 Go|Content-Length: 5||hello", "302 Go hello")]
    [Arguments("HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|0||", "200 OK hello")]
    [Arguments("HTTP/1.1 200 OK|Transfer-Encoding: chunked||5;a=b|hello|0|X-T: y||", "200 OK hello")]
    public async Task What_is_odd_but_clear_is_understood(string answer, string expected) => await Assert.That(await OutcomeAsync(answer)).IsEqualTo(expected);

    [Test]
    [Arguments("HTTP/1.1 200 OK|Content-Length: 10||hello", "200 OK hello…")]
    [Arguments("HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hel", "200 OK hel…")]
    [Arguments("HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|", "200 OK hello…")]
    [Arguments("HTTP/1.1 200 OK|Transfer-Encoding: chunked||z|hello|0||", "200 OK …")]
    [Arguments("HTTP/1.1 200 OK|Transfer-Encoding: chunked||ffffffffffffffffff|hello", "200 OK …")]
    [Arguments("HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|hello|0||", "200 OK …")]
    public async Task A_body_that_breaks_off_is_no_whole_body(string answer, string expected) => await Assert.That(await OutcomeAsync(answer)).IsEqualTo(expected);

    [Test]
    [Arguments("")]
    [Arguments("hello")]
    [Arguments("nonsense||")]
    [Arguments("HTTP/1.1 99 X|Content-Length: 0||")]
    [Arguments("HTTP/1.1 1000 X|Content-Length: 0||")]
    [Arguments("HTTP/2 200 OK||")]
    [Arguments("HTTP/1.1 200 OK|Content-Len")]
    [Arguments("HTTP/1.1 200 OK|Content-Length: -3||hello")]
    [Arguments("HTTP/1.1 200 OK|Content-Length: x||hello")]
    [Arguments("HTTP/1.1 200 OK|Content-Length: 99999999999999999999999||hello")]
    [Arguments("HTTP/1.1 200 OK|Content-Length: 5|Content-Length: 3||hello")]
    [Arguments("HTTP/1.1 200 OK|Content-Length: 3|Transfer-Encoding: chunked||5|hello|0||")]
    [Arguments("HTTP/1.1 200 OK|Bad Name: x|Content-Length: 5||hello")]
    [Arguments("HTTP/1.1 200 OK|nonsense|Content-Length: 5||hello")]
    [Arguments("HTTP/1.1 100 Continue||")]
    [Arguments("HTTP/1.1 101 Switching|Upgrade: x|Connection: upgrade||")]
    [Arguments("HTTP/1.1 302 Go|Location: http://[bad|Content-Length: 0||")]
    [Arguments("HTTP/1.1 302 Go|Location: |Content-Length: 0|Connection: close||")]
    [Arguments("HTTP/1.1 302 Go|Location: http://u:p@127.0.0.1/|Content-Length: 0||")]
    [Arguments("HTTP/1.1 302 Go|Location: ftp://127.0.0.1/x|Content-Length: 0||")]
    [Arguments("HTTP/1.1 302 Go|Location: data:,x|Content-Length: 0||")]
    [Arguments("HTTP/1.1 302 Go|Location: javascript:1|Content-Length: 0||")]
    public async Task What_is_no_response_is_a_failure_that_the_vat_hears(string answer) => await Assert.That(await OutcomeAsync(answer)).IsEqualTo("failed");

    [Test]
    public async Task A_head_that_is_too_large_or_never_ends_is_a_failure()
    {
        await Assert.That(await OutcomeAsync($"HTTP/1.1 200 OK|X-A: {new string('x', 2_000_000)}|Content-Length: 5||hello")).IsEqualTo("failed");
        using var server = new LoopbackServer(static async (_, stream) =>
        {
            await WriteAsync(stream, "HTTP/1.1 200 OK|");
            for (int i = 0; i < 100_000; i++)
            {
                await WriteAsync(stream, $"X-{i}: y|");
            }
        });
        await Assert.That(await OutcomeAsync(server)).IsEqualTo("failed");
    }

    [Test]
    public async Task A_head_that_comes_a_byte_at_a_time_is_not_waited_for_for_ever()
    {
        using var server = new LoopbackServer(static async (_, stream) =>
        {
            foreach (char c in $"HTTP/1.1 200 OK\r\nX-A: {new string('x', 1000)}")
            {
                await WriteAsync(stream, c.ToString());
                await Task.Delay(20);
            }
        });
        await Assert.That(await OutcomeAsync(server, FetchLimits.Default with { HeadPatience = TimeSpan.FromMilliseconds(300) })).IsEqualTo("failed");
    }

    [Test]
    public async Task A_body_that_stops_coming_is_not_waited_for_for_ever()
    {
        using var server = new LoopbackServer(static async (_, stream) =>
        {
            await WriteAsync(stream, "HTTP/1.1 200 OK|Content-Length: 10||hello");
            await Task.Delay(TimeSpan.FromSeconds(20));
        });
        await Assert.That(await OutcomeAsync(server, FetchLimits.Default with { BodyPatience = TimeSpan.FromMilliseconds(300) })).IsEqualTo("200 OK hello…");
    }

    [Test]
    public async Task A_redirect_may_have_an_endless_body_and_nobody_reads_it()
    {
        using var server = new LoopbackServer(static async (request, stream) =>
        {
            if (request.Contains(" /next ", StringComparison.Ordinal))
            {
                await WriteAsync(stream, "HTTP/1.1 200 OK|Content-Length: 2|Connection: close||ok");
                return;
            }

            await WriteAsync(stream, "HTTP/1.1 302 Go|Location: /next||");
            while (true)
            {
                await stream.WriteAsync(new byte[65536]);
            }
        });
        await Assert.That(await OutcomeAsync(server)).IsEqualTo("200 OK ok");
    }

    [Test]
    [Arguments("/next", "/next")]
    [Arguments("next?a=b", "/next?a=b")]
    [Arguments("/next#frag", "/next")]
    [Arguments("//127.0.0.1:PORT/next", "/next")]
    [Arguments("http://127.0.0.1:PORT/next", "/next")]
    [Arguments("/../../next", "/next")]
    [Arguments("\\next", "/next")]
    [Arguments("/next?\u00C3\u00A9", "/next?%C3%A9")]
    [Arguments("/next?\u00E2\u0082\u00AC", "/next?%E2%82%AC")]
    [Arguments("/next?\u00E9", "/next?%EF%BF%BD")]
    public async Task A_redirect_is_read_as_a_URL_is(string location, string path)
    {
        string where = "";
        using var server = new LoopbackServer((request, stream) =>
        {
            string asked = request.Split(' ')[1];
            if (asked is "/")
            {
                return WriteAsync(stream, $"HTTP/1.1 302 Go|Location: {where}|Content-Length: 0|Connection: close||");
            }

            return WriteAsync(stream, $"HTTP/1.1 200 OK|Content-Length: {asked.Length}|Connection: close||{asked}");
        });
        where = location.Replace("PORT", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await Assert.That(await OutcomeAsync(server)).IsEqualTo($"200 OK {path}");
    }

    [Test]
    [Arguments("GET", 301, "GET")]
    [Arguments("HEAD", 301, "HEAD")]
    [Arguments("POST", 301, "GET")]
    [Arguments("PUT", 301, "PUT")]
    [Arguments("PATCH", 301, "PATCH")]
    [Arguments("POST", 302, "GET")]
    [Arguments("PUT", 302, "PUT")]
    [Arguments("DELETE", 302, "DELETE")]
    [Arguments("GET", 303, "GET")]
    [Arguments("HEAD", 303, "HEAD")]
    [Arguments("POST", 303, "GET")]
    [Arguments("PUT", 303, "GET")]
    [Arguments("DELETE", 303, "GET")]
    [Arguments("POST", 307, "POST")]
    [Arguments("DELETE", 307, "DELETE")]
    [Arguments("PATCH", 308, "PATCH")]
    public async Task A_redirect_changes_the_method_and_drops_the_body_where_a_browser_does(string method, int status, string then)
    {
        using var server = new LoopbackServer((request, stream) => WriteAsync(stream, request.Contains(" / ", StringComparison.Ordinal)
            ? $"HTTP/1.1 {status} Go|Location: /next|Content-Length: 0|Connection: close||"
            : "HTTP/1.1 200 OK|Content-Length: 0|Connection: close||"));
        bool hasBody = method is not ("GET" or "HEAD");
        await OutcomeAsync(server, request: new StartFetch(1, method, server.Url, [new("content-type", "a/b"), new("content-language", "de"), new("x-own", "1"), new("authorization", "secret"), new("cookie", "c=d")], hasBody ? "body"u8.ToArray() : null, "follow"));
        string second = server.Requests[1].ToLowerInvariant();
        bool loses = hasBody && then is "GET";
        await Assert.That(server.Requests[1]).StartsWith($"{then} /next ");
        await Assert.That(second.EndsWith("\r\n\r\nbody", StringComparison.Ordinal)).IsEqualTo(hasBody && !loses);
        await Assert.That(second.Contains("content-language", StringComparison.Ordinal)).IsEqualTo(!loses);
        await Assert.That(second).Contains("x-own: 1").And.Contains("authorization: secret").And.Contains("cookie: c=d");
    }

    [Test]
    public async Task Headers_are_bytes_in_both_directions()
    {
        using var server = new LoopbackServer(static (request, stream) => WriteAsync(stream, $"HTTP/1.1 200 OK|X-Back: {request.Split("\r\n").Single(static line => line.StartsWith("x-own", StringComparison.OrdinalIgnoreCase))[7..]}|Content-Length: 0|Connection: close||"));
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(VatId.TryParse("v1", out VatId id) ? id : default, Here, heard).Begin(new StartFetch(1, "GET", server.Url, [new("x-own", "h\u00E9\u00FF")], null, "follow"));
        await Assert.That((await heard.Next<ResponseHead>()).Headers.Single(static header => header.Key is "x-back").Value).IsEqualTo("h\u00E9\u00FF");
    }

    [Test]
    public async Task A_header_never_has_characters_that_are_no_bytes()
    {
        using var server = new LoopbackServer("HTTP/1.1 200 OK\r\nLocation: /\u00E2\u0082\u00AC\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        world.Open(VatId.TryParse("v1", out VatId id) ? id : default, Here, heard).Begin(new StartFetch(1, "GET", server.Url, [], null, "follow"));
        await Assert.That((await heard.Next<ResponseHead>()).Headers.Single(static header => header.Key is "location").Value).IsEqualTo("/\u00E2\u0082\u00AC");
    }

    [Test]
    [Arguments("")]
    [Arguments("HTTP/1.1 200 OK|X-A: b")]
    [Arguments("HTTP/1.1 200 OK||body")]
    [Arguments("HTTP/1.1 302 Go|Location: /next|Content-Length: 0|Connection: close||")]
    public async Task A_request_can_be_given_up_at_any_stage_and_its_connection_closes(string answer)
    {
        var closed = new TaskCompletionSource();
        using var server = new LoopbackServer(async (request, stream) =>
        {
            await WriteAsync(stream, request.Contains(" /next ", StringComparison.Ordinal) ? "" : answer);
            if (answer.Contains("/next", StringComparison.Ordinal) && !request.Contains(" /next ", StringComparison.Ordinal))
            {
                return;
            }

            while (await stream.ReadAsync(new byte[1]) > 0)
            {
            }

            closed.SetResult();
        });
        using var world = new OutsideWorld(TimeProvider.System);
        var heard = new Listener();
        IVatOutside vat = world.Open(VatId.TryParse("v1", out VatId id) ? id : default, Here, heard);
        vat.Begin(new StartFetch(1, "GET", server.Url, [], null, "follow"));
        int expected = answer.Contains("/next", StringComparison.Ordinal) ? 2 : 1;
        for (int i = 0; i < 400 && server.Requests.Count < expected; i++)
        {
            await Task.Delay(25);
        }

        vat.Begin(new CancelRequest(1));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.That(heard.Heard().Where(static what => !what.Contains("ResponseHead", StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task What_is_secret_does_not_travel_to_another_origin()
    {
        using var other = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var server = new LoopbackServer($"HTTP/1.1 307 Go\r\nLocation: {other.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await OutcomeAsync(server, request: new StartFetch(1, "POST", server.Url, [new("x-own", "1"), new("authorization", "secret"), new("cookie", "c=d"), new("proxy-authorization", "p"), new("host", "evil")], "b"u8.ToArray(), "follow"));
        string request = other.Requests.Single().ToLowerInvariant();
        await Assert.That(request).Contains("x-own: 1").And.Contains($"host: 127.0.0.1:{other.Port}").And.EndsWith("\r\n\r\nb");
        await Assert.That(request).DoesNotContain("secret").And.DoesNotContain("c=d").And.DoesNotContain("proxy-authorization").And.DoesNotContain("evil");
    }

    [Test]
    public async Task A_connection_that_went_wrong_is_not_used_again_and_one_that_did_not_is()
    {
        int connections = 0;
        using var server = new LoopbackServer(async (request, stream) =>
        {
            Interlocked.Increment(ref connections);
            await WriteAsync(stream, "HTTP/1.1 200 OK|Content-Length: 2||ok");
            await Task.Delay(TimeSpan.FromSeconds(10));
        });
        using var world = new OutsideWorld(TimeProvider.System);
        await Assert.That(await OutcomeAsync(world, server)).IsEqualTo("200 OK ok");
        await Assert.That(connections).IsEqualTo(1);

        // What the server says unasked belongs to no request.
        using var rude = new LoopbackServer(static (_, stream) => WriteAsync(stream, "HTTP/1.1 200 OK|Content-Length: 2||okHTTP/1.1 200 OK|Content-Length: 4||evil"));
        await Assert.That(await OutcomeAsync(world, rude)).IsEqualTo("200 OK ok");
        await Assert.That(await OutcomeAsync(world, rude)).IsEqualTo("200 OK ok");
        await Assert.That(rude.Requests.Count).IsEqualTo(2);
    }

    private static async Task<string> OutcomeAsync(string answer)
    {
        using var server = new LoopbackServer((_, stream) => WriteAsync(stream, answer));
        return await OutcomeAsync(server);
    }

    private static async Task<string> OutcomeAsync(LoopbackServer server, FetchLimits? limits = null, StartFetch? request = null)
    {
        using var world = new OutsideWorld(TimeProvider.System, limits ?? FetchLimits.Default);
        return await OutcomeAsync(world, server, request);
    }

    private static async Task<string> OutcomeAsync(OutsideWorld world, LoopbackServer server, StartFetch? request = null)
    {
        var heard = new Listener();
        IVatOutside vat = world.Open(VatId.TryParse("v1", out VatId id) ? id : default, Here, heard);
        vat.Begin(request ?? new StartFetch(1, "GET", server.Url, [], null, "follow"));
        var seen = new StringBuilder();
        while (true)
        {
            switch (await heard.Next<OutsideEvent>())
            {
                case ResponseHead head:
                    seen.Append(System.Globalization.CultureInfo.InvariantCulture, $"{head.Status} {head.StatusText} ");
                    break;
                case BodyPiece piece:
                    seen.Append(Encoding.Latin1.GetString(piece.Bytes.Span));
                    break;
                case OutsideFailure:
                    return seen.Length == 0 ? "failed" : $"{seen}…";
                default:
                    return seen.ToString();
            }

            vat.Begin(new ContinueFetch(1));
        }
    }

    /// <summary>A stroke stands for the end of a line.</summary>
    private static Task WriteAsync(Stream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text.Replace("|", "\r\n", StringComparison.Ordinal))).AsTask();
}
