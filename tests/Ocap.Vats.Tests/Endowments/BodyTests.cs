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
    [Arguments("Promise.resolve(harden(new Response('a').body.values()))")]
    [Arguments("new Response('a').blob().then(b => harden(b.stream()))")]
    [Arguments("crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']).then(harden)")]
    [Arguments("Promise.resolve(harden(AbortSignal.abort().reason))")]
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
