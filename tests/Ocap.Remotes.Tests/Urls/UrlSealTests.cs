using System.Diagnostics;
using System.Text;
using Ocap.Remotes.Identity;
using Ocap.Remotes.Urls;

namespace Ocap.Remotes.Tests.Urls;

/// <summary>The sealed part of OCAP URLs against Node's WebCrypto, as libp2p's <c>AES_GCM.create()</c> uses it (spec/remotes.md §2).</summary>
public sealed class UrlSealTests
{
    private static readonly byte[] Secret = Enumerable.Range(0, 32).Select(static i => (byte)(i * 7)).ToArray();
    private static readonly byte[] Salt = Enumerable.Range(0, UrlSeal.SaltLength).Select(static i => (byte)(200 - i)).ToArray();
    private static readonly byte[] Nonce = Enumerable.Range(0, UrlSeal.NonceLength).Select(static i => (byte)(i + 1)).ToArray();

    private const string Script = """
        const { subtle } = globalThis.crypto;
        const bytes = hex => Uint8Array.from(hex.match(/../g), pair => parseInt(pair, 16));
        const [way, secret, data] = process.argv.slice(1);
        const all = bytes(data), salt = all.slice(0, 16), iv = all.slice(16, 28), rest = all.slice(28);
        const raw = await subtle.importKey('raw', bytes(secret), 'PBKDF2', false, ['deriveKey']);
        const key = await subtle.deriveKey({ name: 'PBKDF2', salt, iterations: 32767, hash: 'SHA-256' }, raw, { name: 'AES-GCM', length: 128 }, false, ['encrypt', 'decrypt']);
        const result = await subtle[way]({ name: 'AES-GCM', iv }, key, rest);
        process.stdout.write(Buffer.from(result).toString('hex'));
        """;

    [Test]
    [Arguments("ko4")]
    [Arguments("ko1234567890")]
    [Arguments("kp7")]
    [Arguments("ko123456789012345678")]
    public async Task Node_opens_what_is_sealed_here_and_seals_the_same_bytes(string name)
    {
        string padded = name.PadLeft(16);
        byte[] closed = Base58.Decode(UrlSeal.Close(Secret, name, Salt, Nonce).AsSpan(1))!;
        byte[] opened = await NodeAsync("decrypt", closed);
        await Assert.That(Encoding.UTF8.GetString(opened)).IsEqualTo(padded);
        byte[] nodes = await NodeAsync("encrypt", [.. Salt, .. Nonce, .. Encoding.UTF8.GetBytes(padded)]);
        await Assert.That(Convert.ToHexString(closed)).IsEqualTo(Convert.ToHexString([.. Salt, .. Nonce, .. nodes]));
    }

    [Test]
    public async Task What_Node_seals_is_opened_here()
    {
        byte[] nodes = await NodeAsync("encrypt", [.. Nonce, .. Salt, .. "            ko99"u8]);
        byte[] all = [.. Nonce, .. Salt, .. nodes];
        await Assert.That(all.Length).IsEqualTo(60);
        await Assert.That(UrlSeal.Open(Secret, "z" + Base58.Encode(all))).IsEqualTo("ko99");
    }

    [Test]
    public async Task Base58_reads_back_what_it_writes_leading_zeros_and_all()
    {
        var random = new Random(58);
        for (int length = 0; length < 100; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            bytes.AsSpan(0, Math.Min(length, random.Next(3))).Clear();
            await Assert.That(Convert.ToHexString(Base58.Decode(Base58.Encode(bytes))!)).IsEqualTo(Convert.ToHexString(bytes));
        }

        await Assert.That(Base58.Decode("0")).IsNull();
    }

    private static async Task<byte[]> NodeAsync(string way, byte[] data)
    {
        var start = new ProcessStartInfo("node", ["--input-type=module", "-e", Script, "--", way, Convert.ToHexStringLower(Secret), Convert.ToHexStringLower(data)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process node = Process.Start(start)!;
        string output = await node.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        string error = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        return node.ExitCode == 0 ? Convert.FromHexString(output) : throw new InvalidOperationException(error);
    }
}
