using Ocap.Vats.Limits;
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
    public async Task Random_bytes_fill_the_whole_of_a_large_view()
    {
        string seen = EndowedVat.Run("crypto", static vat => vat.Evaluate("(() => { const a = crypto.getRandomValues(new Uint8Array(65536)); const counts = new Array(256).fill(0); for (const b of a) counts[b] += 1; return String(Math.min(...counts) > 150 && Math.max(...counts) < 370); })()"));
        await Assert.That(seen).IsEqualTo("true");
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
