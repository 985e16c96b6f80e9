using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using Ocap.Daemon.Outside;
using Ocap.Daemon.Outside.Fetch;
using Ocap.Kernel.Outside;
using Ocap.Kernel.Refs;

namespace Ocap.Daemon.Tests.Outside;

/// <summary>Bodies that servers compress. What is expected is what Node's fetch makes of the same bytes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ContentCodingTests
{
    private const string Here = """{"bundleSpec":"x","network":{"allowedHosts":["127.0.0.1"]}}""";

    private static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("hello world ", 1000)));

    [Test]
    [Arguments("gzip", "gzip")]
    [Arguments("x-gzip", "gzip")]
    [Arguments("GZIP", "gzip")]
    [Arguments("deflate", "zlib")]
    [Arguments("deflate", "raw")]
    [Arguments("br", "br")]
    [Arguments("gzip, br", "gzip br")]
    [Arguments("deflate, gzip, br", "zlib gzip br")]
    [Arguments("gzip,gzip,gzip,gzip,gzip", "gzip gzip gzip gzip gzip")]
    public async Task A_compressed_body_is_decoded_and_its_headers_are_left_as_they_came(string said, string made)
    {
        (ResponseHead? head, byte[] body, OutsideFailure? failure) = await AnsweredAsync(said, Coded(Text, made));
        await Assert.That(failure).IsNull();
        await Assert.That(body.AsSpan().SequenceEqual(Text)).IsTrue();
        await Assert.That(head!.Headers.Single(static header => header.Key is "content-encoding").Value).IsEqualTo(said);
    }

    [Test]
    [Arguments("identity", "")]
    [Arguments("zstd", "gzip")]
    [Arguments("zstd, gzip", "gzip")]
    [Arguments("gzip, zstd", "gzip")]
    [Arguments("identity, gzip", "gzip")]
    public async Task A_body_with_a_coding_that_is_not_known_is_left_alone(string said, string made)
    {
        byte[] sent = Coded(Text, made);
        (_, byte[] body, OutsideFailure? failure) = await AnsweredAsync(said, sent);
        await Assert.That(failure).IsNull();
        await Assert.That(body.AsSpan().SequenceEqual(sent)).IsTrue();
    }

    [Test]
    [Arguments("gzip", "gzip", 0, 0)]
    [Arguments("br", "br", 0, 0)]
    [Arguments("deflate", "zlib", 0, 0)]
    [Arguments("gzip", "gzip", 5, 0)]
    [Arguments("gzip", "gzip", -4, 12000)]
    [Arguments("deflate", "zlib", -4, 12000)]
    public async Task A_body_that_ends_too_early_gives_what_came(string said, string made, int kept, int length)
    {
        byte[] whole = Coded(Text, made);
        (_, byte[] body, OutsideFailure? failure) = await AnsweredAsync(said, whole[..(kept < 0 ? whole.Length + kept : kept)]);
        await Assert.That(failure).IsNull();
        await Assert.That(body.Length).IsEqualTo(length);
        await Assert.That(Text.AsSpan().StartsWith(body)).IsTrue();
    }

    [Test]
    [Arguments("br", "br", -3)]
    [Arguments("deflate", "zlib", -6)]
    [Arguments("deflate", "raw", -6)]
    [Arguments("gzip, br", "gzip br", -6)]
    public async Task A_body_cut_off_in_the_middle_is_a_beginning_and_no_error(string said, string made, int kept)
    {
        (_, byte[] body, OutsideFailure? failure) = await AnsweredAsync(said, Coded(Text, made)[..^-kept]);
        await Assert.That(failure).IsNull();
        await Assert.That(Text.AsSpan().StartsWith(body)).IsTrue();
    }

    [Test]
    [Arguments("gzip", "gzip", 20)]
    [Arguments("gzip", "gzip", -6)]
    [Arguments("gzip", "", 0)]
    [Arguments("br", "br", 5)]
    [Arguments("br", "", 0)]
    [Arguments("deflate", "", 0)]
    [Arguments("gzip, br", "gzip br", 9)]
    public async Task A_body_that_is_broken_is_an_error_that_the_vat_hears(string said, string made, int broken)
    {
        byte[] sent = Coded(Text, made);
        sent[broken < 0 ? sent.Length + broken : broken] ^= made.Length > 0 ? (byte)0xFF : (byte)0;
        (ResponseHead? head, _, OutsideFailure? failure) = await AnsweredAsync(said, sent);
        await Assert.That(head).IsNotNull();
        await Assert.That((failure?.Kind, failure?.Code)).IsEqualTo(("TypeError", "Z_DATA_ERROR"));
    }

    [Test]
    public async Task Members_of_gzip_one_after_the_other_are_one_body_and_what_follows_is_ignored()
    {
        byte[] one = Coded(Text, "gzip");
        await Assert.That((await AnsweredAsync("gzip", [.. one, .. one])).Body.Length).IsEqualTo(2 * Text.Length);
        await Assert.That((await AnsweredAsync("gzip", [.. Coded([], "gzip"), .. one])).Body.Length).IsEqualTo(Text.Length);
        await Assert.That((await AnsweredAsync("gzip", [.. one, .. new byte[10]])).Body.Length).IsEqualTo(Text.Length);
        await Assert.That((await AnsweredAsync("br", [.. Coded(Text, "br"), .. Text])).Body.Length).IsEqualTo(Text.Length);
        await Assert.That((await AnsweredAsync("deflate", [.. Coded(Text, "zlib"), .. Text])).Body.Length).IsEqualTo(Text.Length);
    }

    [Test]
    [Arguments("gzip", "gzip")]
    [Arguments("br", "br")]
    [Arguments("deflate", "zlib")]
    [Arguments("gzip, gzip", "gzip gzip")]
    public async Task A_bomb_ends_at_the_limit_of_a_body(string said, string made)
    {
        (_, byte[] body, OutsideFailure? failure) = await AnsweredAsync(said, Coded(new byte[20_000_000], made), FetchLimits.Default with { MostBytes = 3_000_000 });
        await Assert.That(failure!.Message).IsEqualTo("the body has more than 2 MiB");
        await Assert.That(body.Length).IsLessThanOrEqualTo(3_000_000);
    }

    [Test]
    public async Task A_bomb_whose_inside_never_shows_ends_at_the_same_limit()
    {
        // Empty blocks of deflate, a great many: nothing comes out of them.
        byte[] blocks = [.. Enumerable.Range(0, 5_000_000).Select(static i => (byte)(i % 5 > 2 ? 0xFF : 0))];
        (_, byte[] body, OutsideFailure? failure) = await AnsweredAsync("deflate, br", Coded(blocks, "br"), FetchLimits.Default with { MostBytes = 3_000_000 });
        await Assert.That(body).IsEmpty();
        await Assert.That(failure?.Message).IsEqualTo("the body has more than 2 MiB");
    }

    [Test]
    public async Task Too_many_codings_are_refused_with_the_head()
    {
        (ResponseHead? head, _, OutsideFailure? failure) = await AnsweredAsync("gzip,gzip,gzip,gzip,gzip,gzip", Text);
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

    private static byte[] Coded(byte[] content, string codings) => codings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(content, static (bytes, coding) =>
    {
        var made = new MemoryStream();
        using (Stream coder = coding switch
        {
            "gzip" => new GZipStream(made, CompressionLevel.Optimal),
            "zlib" => new ZLibStream(made, CompressionLevel.Optimal),
            "raw" => new DeflateStream(made, CompressionLevel.Optimal),
            _ => new BrotliStream(made, CompressionLevel.Optimal),
        })
        {
            coder.Write(bytes);
        }

        return made.ToArray();
    });
}
