using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Npm;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>What of <c>crypto</c> the probes cannot compare: limits, and what must differ from one time to the next.</summary>
public sealed class CryptoTests
{
    [Test]
    public async Task A_billion_rounds_end_the_vat_and_not_the_machine()
    {
        byte[] bundle = WorkerTests.Root("""
            async grind() {
              const key = await crypto.subtle.importKey('raw', new Uint8Array([1]), 'PBKDF2', false, ['deriveBits']);
              return (await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-512', salt: new Uint8Array(1), iterations: 2 ** 31 - 1 }, key, 512)).byteLength;
            }
            """);
        await using var vat = new DrivenVat(bundle, VatLimits.Default with { CpuPerCrank = TimeSpan.FromMilliseconds(200) });
        await vat.Deliver(new Ocap.Kernel.Vats.StartVat("""{"bundleSpec":"x","globals":["crypto"]}""", Ocap.Marshal.CapData.Undefined, null));
        await Assert.That((await vat.Send("grind", "[]")).Fault!.Code).IsEqualTo("CPU_LIMIT");
    }

    [Test]
    public async Task What_is_signed_agreed_and_sealed_here_is_understood_by_Node_and_the_other_way()
    {
        string script = Path.Combine(ProbeTests.Folder, "exchange.js"), offer = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(offer, Ask("offer()"));
            string[] theirs = NpmBundles.Node("exchange.mjs", script, offer).TrimEnd('\n').Split('\n');
            await Assert.That(theirs[1]).IsEqualTo("13 4 3 ").Because("Node takes what is made here");
            await Assert.That(Ask($"accept({System.Text.Json.JsonSerializer.Serialize(theirs[0])})")).IsEqualTo("13 4 3 ").Because("what Node makes is taken here");
        }
        finally
        {
            File.Delete(offer);
        }

        string Ask(string code) => EndowedVat.Run("crypto SubtleCrypto", vat =>
        {
            vat.Engine.Evaluate(File.ReadAllText(script));
            return vat.Await(code);
        });
    }

    [Test]
    [Arguments("{ name: 'HKDF', hash: 'SHA-512', salt: new Uint8Array(1), info: new Uint8Array(1) }", "2 ** 32 - 8")]
    [Arguments("{ name: 'PBKDF2', hash: 'SHA-1', salt: new Uint8Array(1), iterations: 1 }", "2 ** 32 - 8")]
    [Arguments("{ name: 'PBKDF2', hash: 'SHA-1', salt: new Uint8Array(1), iterations: 1 }", "2 ** 23 + 8")]
    public async Task Nobody_derives_half_a_gigabyte(string algorithm, string bits)
    {
        string seen = EndowedVat.Run("crypto", vat => vat.Await($$"""
            (async () => {
              const algorithm = {{algorithm}};
              return crypto.subtle.deriveBits(algorithm, await crypto.subtle.importKey('raw', new Uint8Array([1]), algorithm.name, false, ['deriveBits']), {{bits}});
            })()
            """));
        await Assert.That(seen).IsEqualTo("rejected with OperationError: The operation failed for an operation-specific reason");
    }

    [Test]
    public async Task Random_bytes_fill_the_whole_of_a_large_view()
    {
        string seen = EndowedVat.Run("crypto", static vat => vat.Evaluate("(() => { const a = crypto.getRandomValues(new Uint8Array(65536)); const counts = new Array(256).fill(0); for (const b of a) counts[b] += 1; return String(Math.min(...counts) > 150 && Math.max(...counts) < 370); })()"));
        await Assert.That(seen).IsEqualTo("true");
    }

    [Test]
    [Arguments("key.usages.push('encrypt')")]
    [Arguments("key.algorithm.name = 'AES-CBC'")]
    [Arguments("key.algorithm.hash.name = 'SHA-512'")]
    [Arguments("key.algorithm.length = 8")]
    [Arguments("Object.defineProperty(key, 'usages', { value: ['encrypt'] })")]
    [Arguments("Object.setPrototypeOf(key, { usages: ['encrypt'], algorithm: { name: 'AES-GCM' } })")]
    public async Task A_key_remains_what_it_is_whatever_is_done_to_what_it_shows(string change)
    {
        string seen = EndowedVat.Run("crypto", vat => vat.Await($$"""
            (async () => {
              const make = () => crypto.subtle.importKey('raw', new Uint8Array(16).fill(7), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
              const does = async key => [...new Uint8Array(await crypto.subtle.sign('HMAC', key, new Uint8Array(3))), JSON.stringify(await crypto.subtle.exportKey('jwk', key))].join();
              const key = await make();
              {{change}};
              const denied = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, new Uint8Array(3)).then(() => 'allowed', e => e.message);
              return [await does(key) === await does(await make()), denied].join();
            })()
            """));
        await Assert.That(seen).IsEqualTo("true,Key algorithm mismatch");
    }

    [Test]
    public async Task A_key_cannot_be_changed_through_what_it_was_made_from()
    {
        string seen = EndowedVat.Run("crypto", static vat => vat.Await("""
            (async () => {
              const bytes = new Uint8Array(16).fill(7);
              const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', true, ['encrypt']);
              bytes.fill(0);
              new Uint8Array(await crypto.subtle.exportKey('raw', key)).fill(9);
              return new Uint8Array(await crypto.subtle.exportKey('raw', key)).join('');
            })()
            """));
        await Assert.That(seen).IsEqualTo(new string('7', 16));
    }
}
