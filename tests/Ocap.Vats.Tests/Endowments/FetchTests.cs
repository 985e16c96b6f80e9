using System.IO.Compression;
using System.Text;
using Ocap.Kernel.Outside;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>A vat's <c>fetch</c> against an outside world that the test plays, step by step.</summary>
public sealed class FetchTests
{
    private static readonly KeyValuePair<string, string>[] Plain = [new("content-type", "text/plain"), new("set-cookie", "a=1"), new("set-cookie", "b=2")];

    [Test]
    public async Task A_response_comes_in_steps_and_its_body_only_when_it_is_read() => await Run(static vat =>
    {
        vat.Evaluate("var response; fetch('http://allowed.test/p?q#f', { method: 'post', body: 'hé', headers: { X: 'y' } }).then(r => { response = r; })");
        var fetch = (StartFetch)vat.Asked().Single();
        Expect(fetch.Method, "POST");
        Expect(fetch.Url, "http://allowed.test/p?q#f");
        Expect(string.Join(' ', fetch.Headers), "[x, y] [content-type, text/plain;charset=UTF-8]");
        Expect(Encoding.UTF8.GetString(fetch.Body!.Value.Span), "hé");
        vat.Happens(fetch.Id, new ResponseHead(201, "Made", "http://allowed.test/other", true, Plain));
        Expect(vat.Evaluate("JSON.stringify([response.status, response.statusText, response.ok, response.url, response.redirected, [...response.headers], response.bodyUsed, Object.isFrozen(response), response instanceof Response])"),
            """[201,"Made",true,"http://allowed.test/other",true,[["content-type","text/plain"],["set-cookie","a=1"],["set-cookie","b=2"]],false,true,true]""");
        Expect(vat.Asked().Count, 0);
        Expect(vat.Await("response.text()"), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(fetch.Id));
        vat.Happens(fetch.Id, new BodyPiece(Encoding.UTF8.GetBytes("hé")[..2]));
        Expect(vat.Asked().Single(), new ContinueFetch(fetch.Id));
        vat.Happens(fetch.Id, new BodyPiece(Encoding.UTF8.GetBytes("é!")[1..]));
        Expect(vat.Answer(), "pending");
        vat.Happens(fetch.Id, new BodyEnd());
        Expect(vat.Answer(), "hé!");
    });

    [Test]
    public async Task A_body_can_be_read_piece_by_piece_and_given_up() => await Run(static vat =>
    {
        long id = Begin(vat);
        Expect(vat.Await("(async () => { const seen = []; for await (const piece of response.body) { seen.push(piece.length); if (seen.length === 2) break; } return seen; })()"), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(id));
        vat.Happens(id, new BodyPiece(new byte[3]));
        Expect(vat.Asked().Single(), new ContinueFetch(id));
        vat.Happens(id, new BodyPiece(new byte[5]));
        Expect(vat.Answer(), "3,5");
        Expect(vat.Asked().Single(), new CancelRequest(id));
        vat.Happens(id, new BodyPiece(new byte[1]));
    });

    [Test]
    public async Task A_reader_with_room_of_its_own_waits_for_as_many_pieces_as_it_wants_and_asks_for_no_more() => await Run(static vat =>
    {
        long id = Begin(vat);
        vat.Evaluate("var reader = response.body.getReader({ mode: 'byob' }), room = new Uint8Array(6)");
        Expect(vat.Await("reader.read(room, { min: 4 }).then(({ value, done }) => [value, value.buffer.byteLength, done])"), "pending");
        Expect(vat.Evaluate("room.length"), "0");
        Expect(vat.Asked().Single(), new ContinueFetch(id));
        vat.Happens(id, new BodyPiece(new byte[] { 1, 2, 3 }));
        Expect(vat.Answer(), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(id));
        vat.Happens(id, new BodyPiece(new byte[] { 4, 5, 6, 7, 8 }));
        Expect(vat.Answer(), "1,2,3,4,5,6,6,false");
        Expect(vat.Await("reader.read(new Uint8Array(6)).then(({ value }) => value)"), "7,8");
        Expect(vat.Asked().Count, 0);
        Expect(vat.Await("reader.read(new Uint8Array(6)).then(({ value, done }) => [value.length, value.buffer.byteLength, done])"), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(id));
        vat.Happens(id, new BodyEnd());
        Expect(vat.Answer(), "0,6,true");
    });

    [Test]
    public async Task A_compressed_body_is_told_a_piece_for_each_read_and_the_server_is_asked_again_when_that_is_used_up() => await Run(static vat =>
    {
        vat.Evaluate("var response; fetch('http://allowed.test/').then(r => { response = r; })");
        long id = vat.Asked().Single().Id;
        vat.Happens(id, new ResponseHead(200, "OK", "http://allowed.test/", false, [new("content-encoding", "gzip")]) { Codings = ["gzip"] });
        vat.Evaluate("var reader = response.body.getReader()");
        Expect(vat.Asked().Count, 0);
        byte[] sent = Gzip(new byte[150_000]);
        Expect(vat.Await("reader.read().then(({ value }) => value.length)"), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(id));
        vat.Happens(id, new BodyPiece(sent.AsMemory(0, 10)));
        Expect(vat.Answer(), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(id));
        vat.Happens(id, new BodyPiece(sent.AsMemory(10)));
        Expect(vat.Answer(), "65536");
        Expect(vat.Asked().Count, 0);
        Expect(vat.Await("reader.read().then(({ value }) => value.length)"), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(id) { HasRest = true });
        vat.Happens(id, new BodyPiece(default));
        Expect(vat.Answer(), "65536");
        Expect(vat.Await("reader.read().then(({ value }) => value.length)"), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(id) { HasRest = true });
        vat.Happens(id, new BodyPiece(default));
        Expect(vat.Answer(), "18928");
        Expect(vat.Await("reader.read().then(({ done }) => done)"), "pending");
        Expect(vat.Asked().Single(), new ContinueFetch(id));
        vat.Happens(id, new BodyEnd());
        Expect(vat.Answer(), "true");
        Expect(vat.Asked().Count, 0);
    });

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Reads_that_wait_beside_each_other_are_served_one_piece_at_a_time(bool isCompressed) => await Run(vat =>
    {
        vat.Evaluate("var response; fetch('http://allowed.test/').then(r => { response = r; })");
        long id = vat.Asked().Single().Id;
        vat.Happens(id, new ResponseHead(200, "OK", "http://allowed.test/", false, []) { Codings = isCompressed ? ["gzip"] : [] });
        Queue<OutsideEvent> coming = new(isCompressed ? [new BodyPiece(Gzip(new byte[200_000]))] : Enumerable.Repeat(new BodyPiece(new byte[65_536]), 4));
        Expect(vat.Await("(r => Promise.all([r.read(), r.read(), r.read(), r.read(), r.read()]))(response.body.getReader()).then(all => all.map(({ value, done }) => done || value.length > 0))"), "pending");
        while (vat.Asked() is [ContinueFetch next])
        {
            vat.Happens(id, next.HasRest ? new BodyPiece(default) : coming.TryDequeue(out OutsideEvent? piece) ? piece : new BodyEnd());
        }

        Expect(vat.Answer(), "true,true,true,true,true");
    });

    [Test]
    public async Task A_compressed_body_that_is_broken_ends_as_one_that_breaks_off_and_is_given_up() => await Run(static vat =>
    {
        vat.Evaluate("var response; fetch('http://allowed.test/').then(r => { response = r; })");
        long id = vat.Asked().Single().Id;
        vat.Happens(id, new ResponseHead(200, "OK", "http://allowed.test/", false, []) { Codings = ["gzip"] });
        Expect(vat.Await("response.text().catch(e => [e.name, e.message, e.cause.message, e.cause.code].join())"), "pending");
        vat.Asked();
        vat.Happens(id, new BodyPiece(Encoding.ASCII.GetBytes("no gzip at all")));
        Expect(vat.Answer(), "TypeError,terminated,the body is no valid gzip,Z_DATA_ERROR");
        Expect(vat.Asked().Single(), new CancelRequest(id));
    });

    [Test]
    public async Task An_aborted_request_is_given_up_and_rejects_with_its_reason() => await Run(static vat =>
    {
        vat.Evaluate("var c = new AbortController()");
        Expect(vat.Await("fetch('http://allowed.test/', { signal: c.signal })"), "pending");
        long id = vat.Asked().Single().Id;
        vat.Evaluate("c.abort(RangeError('enough'))");
        Expect(vat.Asked().Single(), new CancelRequest(id));
        vat.Happens(id, new ResponseHead(200, "", "http://allowed.test/", false, []));
        Expect(vat.Answer(), "rejected with RangeError: enough");
    });

    [Test]
    public async Task A_body_under_way_ends_with_the_reason_of_an_abort() => await Run(static vat =>
    {
        vat.Evaluate("var c = new AbortController()");
        long id = Begin(vat, ", { signal: c.signal }");
        Expect(vat.Await("response.text()"), "pending");
        vat.Asked();
        vat.Evaluate("c.abort()");
        Expect(vat.Answer(), "rejected with AbortError: This operation was aborted");
    });

    [Test]
    public async Task Failures_are_told_as_fetch_tells_them() => await Run(static vat =>
    {
        Expect(vat.Await("fetch('http://allowed.test/').catch(e => [e.name, e.message, e.cause.message, e.cause.code].join())"), "pending");
        vat.Happens(vat.Asked().Single().Id, new OutsideFailure("TypeError", "refused", "ECONNREFUSED"));
        Expect(vat.Answer(), "TypeError,fetch failed,refused,ECONNREFUSED");
        vat.Await("fetch('http://allowed.test/')");
        vat.Happens(vat.Asked().Single().Id, new OutsideFailure("Error", "Invalid host: other.test", null));
        Expect(vat.Answer(), "rejected with Error: Invalid host: other.test");
        long id = Begin(vat);
        vat.Await("response.arrayBuffer()");
        vat.Happens(id, new OutsideFailure("TypeError", "reset", null));
        Expect(vat.Answer(), "rejected with TypeError: terminated");
    });

    [Test]
    public async Task A_head_that_is_none_is_a_failure_and_not_silence() => await Run(static vat =>
    {
        Expect(vat.Await("fetch('http://allowed.test/').catch(e => [e.name, e.message, e.cause.message].join())"), "pending");
        long id = vat.Asked().Single().Id;
        vat.Happens(id, new ResponseHead(200, "OK", "http://allowed.test/", false, [new("x", "\u20AC")]));
        Expect(vat.Answer(), "TypeError,fetch failed,Cannot convert argument to a ByteString because the character at index 0 has a value of 8364 which is greater than 255.");
        Expect(vat.Asked().Single(), new CancelRequest(id));
    });

    [Test]
    public async Task A_copy_of_a_response_has_its_headers_as_fixed_as_the_response() => await Run(static vat =>
    {
        Begin(vat);
        Expect(vat.Evaluate("(() => { try { response.clone().headers.set('a', 'b'); return 'set'; } catch (e) { return e.message; } })()"), "immutable");
    });

    [Test]
    [Arguments("'http://other.test/'", "Error: Invalid host: other.test")]
    [Arguments("'http://ALLOWED.test/'", "pending")]
    [Arguments("'https://allowed.test:8443/'", "pending")]
    [Arguments("new URL('http://allowed.test.evil/')", "Error: Invalid host: allowed.test.evil")]
    [Arguments("'http://allowed.test@other.test/'", "Error: Invalid host: other.test")]
    [Arguments("new Request('http://other.test/')", "Error: Invalid host: other.test")]
    [Arguments("new (class extends Request { get url() { return 'http://allowed.test/'; } })('http://other.test/')", "Error: Invalid host: other.test")]
    [Arguments("Object.defineProperty(new Request('http://other.test/'), 'url', { value: 'http://allowed.test/' })", "Error: Invalid host: other.test")]
    [Arguments("'file:///etc/passwd'", "Error: fetch cannot target file:// URLs. Use the fs platform capability (VatConfig.platformConfig.fs) for filesystem access.")]
    [Arguments("'data:text/plain,x'", "Error: Invalid host: ")]
    [Arguments("'ftp://allowed.test/'", "TypeError: fetch failed")]
    [Arguments("'nonsense'", "TypeError: Invalid URL")]
    [Arguments("{ toString() { return 'http://other.test/'; } }", "Error: Invalid host: other.test")]
    public async Task Only_allowed_hosts_are_fetched(string input, string expected) => await Run(vat =>
    {
        string answer = vat.Await($"fetch({input})");
        Expect(answer, expected == "pending" ? expected : "rejected with " + expected);
        Expect(vat.Asked().Count, expected == "pending" ? 1 : 0);
    });

    [Test]
    public async Task A_target_that_changes_its_mind_is_read_once() => await Run(static vat =>
    {
        vat.Await("(() => { let n = 0; return fetch({ toString() { n += 1; return n === 1 ? 'http://allowed.test/' : 'http://other.test/'; } }); })()");
        Expect(((StartFetch)vat.Asked().Single()).Url, "http://allowed.test/");
    });

    [Test]
    public async Task A_vat_that_changes_its_globals_does_not_change_fetch() => await Run(static vat =>
    {
        vat.Evaluate("globalThis.URL = class { constructor() { this.hostname = 'allowed.test'; this.protocol = 'http:'; } }; globalThis.Request = class {}; globalThis.Array = null;");
        Expect(vat.Await("fetch('http://other.test/')"), "rejected with Error: Invalid host: other.test");
    });

    private static byte[] Gzip(byte[] content)
    {
        var made = new MemoryStream();
        using (var coder = new GZipStream(made, CompressionLevel.Optimal))
        {
            coder.Write(content);
        }

        return made.ToArray();
    }

    private static long Begin(EndowedVat vat, string init = "")
    {
        vat.Asked();
        vat.Evaluate($"var response; fetch('http://allowed.test/'{init}).then(r => {{ response = r; }})");
        long id = vat.Asked().Single().Id;
        vat.Happens(id, new ResponseHead(200, "OK", "http://allowed.test/", false, []));
        return id;
    }

    private static async Task Run(Action<EndowedVat> use)
    {
        List<string> uncaught = EndowedVat.Run(EndowedVat.AllNames, vat =>
        {
            use(vat);
            return vat.Uncaught;
        });
        await Assert.That(uncaught).IsEmpty();
    }

    private static void Expect<T>(T actual, T expected)
    {
        if (!Equals(actual, expected))
        {
            Assert.Fail($"expected {expected}\n but got {actual}");
        }
    }
}
