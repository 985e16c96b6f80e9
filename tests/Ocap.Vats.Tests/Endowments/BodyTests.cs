using System.Text;
using Ocap.Kernel.Outside;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>What of bodies the probes cannot compare with Node: what is frozen here, what is sent, and that large ones are no trouble.</summary>
public sealed class BodyTests
{
    [Test]
    [Arguments("new Response('a').blob()")]
    [Arguments("new Response(new URLSearchParams('a=1')).formData()")]
    [Arguments("new Response('a').formData().catch(error => harden(error))")]
    [Arguments("Promise.resolve(harden(new Response('a').body))")]
    [Arguments("Promise.resolve(harden(new Response('a').body.getReader()))")]
    [Arguments("Promise.resolve(harden(new Response('a').body.getReader({ mode: 'byob' })))")]
    [Arguments("new Promise(give => new (new Response('a').body.constructor)({ type: 'bytes', pull(c) { give(harden(c.byobRequest)); } }).getReader({ mode: 'byob' }).read(new Uint8Array(1)))")]
    [Arguments("Promise.resolve(harden(new Response('a').body.values()))")]
    [Arguments("new Response('a').blob().then(b => harden(b.stream()))")]
    [Arguments("crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']).then(harden)")]
    [Arguments("Promise.resolve(harden(AbortSignal.abort().reason))")]
    [Arguments("Promise.resolve(Object.getPrototypeOf(new Headers()[Symbol.iterator]()))")]
    [Arguments("Promise.resolve(Object.getPrototypeOf(new URLSearchParams().keys()))")]
    [Arguments("new Response(new URLSearchParams('a=1')).formData().then(f => Object.getPrototypeOf(f.values()))")]
    [Arguments("Promise.resolve(Object.getPrototypeOf(new Headers().entries()).next)")]
    public async Task What_comes_out_of_an_endowment_is_frozen_with_its_class(string made)
    {
        string seen = EndowedVat.Run(EndowedVat.AllNames, vat => vat.Await($$"""
            (async () => {
              const value = await {{made}};
              const open = [];
              for (let at = value; at !== null; at = Object.getPrototypeOf(at)) if (!Object.isFrozen(at) || !Object.isFrozen(at.constructor)) open.push(at.constructor.name);
              return open.join();
            })()
            """));
        await Assert.That(seen).IsEqualTo("");
    }

    [Test]
    [Arguments("new Response('abc', { headers: { 'content-type': 'a/b' } }).blob()", "a/b", "abc")]
    [Arguments("new Response('abc', { headers: { 'content-type': 'a/b' } }).blob().then(b => b.slice(1))", null, "bc")]
    [Arguments("new Response(new URLSearchParams('a=1 2')).formData()", "multipart/form-data; boundary=----formdata-ocap-000000000001",
        "------formdata-ocap-000000000001\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1 2\r\n------formdata-ocap-000000000001--\r\n")]
    [Arguments("new Response(new URLSearchParams('a=----formdata-ocap-000000000001')).formData()", "multipart/form-data; boundary=----formdata-ocap-000000000002",
        "------formdata-ocap-000000000002\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n----formdata-ocap-000000000001\r\n------formdata-ocap-000000000002--\r\n")]
    [Arguments("Promise.resolve(new URLSearchParams('a=1 2'))", "application/x-www-form-urlencoded;charset=UTF-8", "a=1+2")]
    [Arguments("Promise.resolve(new TextEncoder().encode('xabcx').subarray(1, 4))", null, "abc")]
    [Arguments("Promise.resolve(new TextEncoder().encode('abc').buffer)", null, "abc")]
    [Arguments("Promise.resolve(new Response('abc').body)", null, "abc")]
    [Arguments("Promise.resolve((async function* () { yield new TextEncoder().encode('ab'); yield new TextEncoder().encode('c'); })())", null, "abc")]
    public async Task A_body_of_every_kind_is_sent_with_the_type_it_implies(string body, string? type, string content)
    {
        string seen = EndowedVat.Run(EndowedVat.AllNames, vat =>
        {
            vat.Evaluate($"{body}.then(body => fetch('http://allowed.test/', {{ method: 'POST', body, duplex: 'half' }}))");
            vat.Engine.Advanced.ProcessTasks();
            var fetch = (StartFetch)vat.Asked().Single();
            return $"{fetch.Headers.SingleOrDefault(static header => header.Key is "content-type").Value} {Encoding.UTF8.GetString(fetch.Body!.Value.Span)}";
        });
        await Assert.That(seen).IsEqualTo($"{type} {content}");
    }

    [Test]
    public async Task Endowments_work_whatever_the_vat_does_to_its_globals()
    {
        string seen = EndowedVat.Run(EndowedVat.AllNames, static vat =>
        {
            vat.Evaluate("""
                const kept = Object.fromEntries(['AbortController', 'AbortSignal', 'Headers', 'Request', 'Response', 'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams', 'crypto', 'atob', 'btoa'].map(name => [name, globalThis[name]]));
                const [{ subtle }, bytes] = [crypto, new Uint8Array([1, 2, 3])];
                for (const name of Reflect.ownKeys(globalThis)) if (!['String', 'Error', 'globalThis', 'undefined', 'NaN', 'Infinity'].includes(name) && typeof name === 'string') globalThis[name] = null;
                """);
            return vat.Await("""
                (async () => {
                  const params = new kept.URLSearchParams('a=1&a=2');
                  const form = await new kept.Response(params).formData();
                  form.append('f', await new kept.Response(bytes).blob(), 'x');
                  const again = await new kept.Response(form).formData();
                  const key = await subtle.importKey('raw', new kept.TextEncoder().encode('0123456789abcdef'), 'AES-GCM', true, ['encrypt']);
                  await subtle.encrypt({ name: 'AES-GCM', iv: bytes }, key, bytes);
                  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
                  const mark = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes);
                  await subtle.exportKey('jwk', pair.privateKey);
                  const controller = new kept.AbortController();
                  const any = kept.AbortSignal.any([controller.signal]);
                  controller.signal.addEventListener('abort', () => {}, { once: true });
                  controller.abort();
                  const [one, other] = new kept.Response('tee').clone().body.tee();
                  for await (const piece of one.values()) if (piece.length !== 3) throw 'no';
                  const room = await new kept.Response('own').body.getReader({ mode: 'byob' }).read(bytes.slice(), { min: 2 });
                  if (room.value.length !== 3) throw 'no';
                  return [[...again.keys()], await again.get('f').text().then(t => t.length), await subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, pair.publicKey, mark, bytes), any.aborted,
                    [...new kept.Headers({ b: '1', a: '2' })].join(), new kept.URL('../x', 'http://h/a/b').href, kept.atob(kept.btoa('q')), new kept.TextDecoder('koi8-r', { fatal: true }).decode(bytes).length,
                    await new kept.Request('http://h', { method: 'POST', body: '{}' }).json().then(o => typeof o), other.locked, kept.crypto.randomUUID().length].join(' ');
                })()
                """);
        });
        await Assert.That(seen).IsEqualTo("a,a,f 3 true true a,2,b,1 http://h/x q 3 object false 36");
    }

    [Test]
    [Timeout(60_000)]
    public async Task A_form_of_many_parts_and_one_of_a_large_file_are_read_at_once(CancellationToken cancellation)
    {
        string seen = EndowedVat.Run(EndowedVat.AllNames, static vat => vat.Await("""
            (async () => {
              const type = { headers: { 'content-type': 'multipart/form-data; boundary=XX' } };
              const many = `${'--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\n-X-\r\n'.repeat(20000)}--XX--`;
              const large = `--XX\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n${'\r\n--X'.repeat(1000000)}\r\n--XX--`;
              const form = await new Response(large, type).formData();
              return [(await new Response(many, type).formData()).getAll('a').length, form.get('f').size];
            })()
            """));
        await Assert.That(seen).IsEqualTo("20000,5000000");
    }
}
