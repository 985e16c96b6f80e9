using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Outside;
using Ocap.Daemon.Outside.Fetch;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;

namespace Ocap.Daemon.Tests.Outside;

/// <summary>Bodies that servers compress: the daemon says how, and leaves them as they are (what the vat's code is told: ContentDecodingTests).</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ContentCodingTests
{
    private const string Here = """{"bundleSpec":"x","network":{"allowedHosts":["127.0.0.1"]}}""";

    private static readonly byte[] Sent = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("not what it says ", 10_000)));

    [Test]
    [Arguments("gzip", "gzip")]
    [Arguments("x-gzip", "gzip")]
    [Arguments("GZIP", "gzip")]
    [Arguments("deflate", "deflate")]
    [Arguments("br", "br")]
    [Arguments("gzip, br", "gzip br")]
    [Arguments("deflate,gzip, br", "deflate gzip br")]
    [Arguments("gzip,gzip,gzip,gzip,gzip", "gzip gzip gzip gzip gzip")]
    [Arguments("identity", "")]
    [Arguments("zstd", "")]
    [Arguments("zstd, gzip", "")]
    [Arguments("gzip, zstd", "")]
    [Arguments("identity, gzip", "")]
    public async Task A_compressed_body_and_its_headers_are_left_as_they_came_and_what_is_to_be_taken_off_is_said(string said, string codings)
    {
        (ResponseHead? head, byte[] body, OutsideFailure? failure) = await AnsweredAsync(said, Sent);
        await Assert.That(failure).IsNull();
        await Assert.That(string.Join(' ', head!.Codings)).IsEqualTo(codings);
        await Assert.That(body.AsSpan().SequenceEqual(Sent)).IsTrue();
        await Assert.That(head.Headers.Single(static header => header.Key is "content-encoding").Value).IsEqualTo(said);
    }

    [Test]
    public async Task A_vat_that_still_has_some_of_a_piece_gets_a_turn_and_nothing_is_read_for_it()
    {
        using var server = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
        using var world = new OutsideWorld(TimeProvider.System, FetchLimits.Default with { PieceBytes = 2 });
        var heard = new Listener();
        IVatOutside vat = world.Open(VatId.TryParse("v1", out VatId id) ? id : default, Here, heard);
        vat.Begin(new StartFetch(1, "GET", server.Url, [], null, "follow"));
        await heard.Next<ResponseHead>();
        List<int> lengths = [];
        foreach (bool hasRest in (bool[])[false, true, true, false, true])
        {
            vat.Begin(new ContinueFetch(1) { HasRest = hasRest });
            lengths.Add((await heard.Next<BodyPiece>()).Bytes.Length);
        }

        vat.Begin(new ContinueFetch(1));
        await heard.Next<BodyEnd>();
        await Assert.That(string.Join(' ', lengths)).IsEqualTo("2 0 0 1 0");
    }

    [Test]
    public async Task Too_many_codings_are_refused_with_the_head()
    {
        (ResponseHead? head, _, OutsideFailure? failure) = await AnsweredAsync("gzip,gzip,gzip,gzip,gzip,gzip", Sent);
        await Assert.That(head).IsNull();
        await Assert.That(failure!.Message).IsEqualTo("too many content-encodings in response: 6, maximum allowed is 5");
    }

    [Test]
    [Arguments("HEAD", "200 OK")]
    [Arguments("GET", "204 Nothing")]
    [Arguments("GET", "304 Same")]
    public async Task A_response_without_a_body_has_nothing_to_decode(string method, string status)
    {
        using var server = new LoopbackServer($"HTTP/1.1 {status}\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        (ResponseHead? head, byte[] body, OutsideFailure? failure) = await FetchedAsync(server, method, [], FetchLimits.Default);
        await Assert.That(head!.Headers.Single(static header => header.Key is "content-encoding").Value).IsEqualTo("gzip");
        await Assert.That(head.Codings).IsEmpty();
        await Assert.That((body.Length, failure)).IsEqualTo((0, null));
    }

    [Test]
    [Arguments("", "", "gzip, deflate")]
    [Arguments("accept-encoding", "br;q=1", "br;q=1")]
    [Arguments("range", "bytes=0-1", "identity")]
    public async Task A_request_says_what_it_understands_unless_its_author_did(string name, string value, string expected)
    {
        using var server = new LoopbackServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await FetchedAsync(server, "GET", name.Length == 0 ? [] : [new(name, value)], FetchLimits.Default);
        await Assert.That(server.Requests.Single().ToLowerInvariant()).Contains($"accept-encoding: {expected}\r\n");
    }

    private static async Task<(ResponseHead? Head, byte[] Body, OutsideFailure? Failure)> AnsweredAsync(string coding, byte[] body, FetchLimits? limits = null)
    {
        using var server = new LoopbackServer(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        });
        return await FetchedAsync(server, "GET", [], limits ?? FetchLimits.Default);
    }

    private static async Task<(ResponseHead? Head, byte[] Body, OutsideFailure? Failure)> FetchedAsync(LoopbackServer server, string method, IReadOnlyList<KeyValuePair<string, string>> headers, FetchLimits limits)
    {
        using var world = new OutsideWorld(TimeProvider.System, limits);
        var heard = new Listener();
        IVatOutside vat = world.Open(VatId.TryParse("v1", out VatId id) ? id : default, Here, heard);
        vat.Begin(new StartFetch(1, method, server.Url, headers, null, "follow"));
        ResponseHead? head = null;
        List<byte> body = [];
        while (true)
        {
            switch (await heard.Next<OutsideEvent>())
            {
                case ResponseHead begun:
                    head = begun;
                    break;
                case BodyPiece piece:
                    await Assert.That(piece.Bytes.Length).IsLessThanOrEqualTo(limits.PieceBytes);
                    body.AddRange(piece.Bytes.Span);
                    break;
                case BodyEnd:
                    return (head, [.. body], null);
                case OutsideFailure failure:
                    return (head, [.. body], failure);
            }

            vat.Begin(new ContinueFetch(1));
        }
    }
}
