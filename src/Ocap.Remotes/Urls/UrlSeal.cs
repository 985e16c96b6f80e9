using System.Text;
using Ocap.Remotes.Identity;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ocap.Remotes.Urls;

/// <summary>
/// The sealed part of an OCAP URL: only the kernel that made it can open it, and no two are alike. Salt, nonce, ciphertext and tag, in base58 (spec/remotes.md
/// §2). Each way costs a key derivation on purpose, about ten milliseconds: not for the kernel's thread.
/// </summary>
internal static class UrlSeal
{
    internal const int SaltLength = 16;
    internal const int NonceLength = 12;
    private const int Iterations = 32_767;
    private const int KeyLength = 16;
    private const int TagBits = 128;
    private const int PaddedLength = 16;

    /// <summary>Longer than any that was ever made; decoding takes the square of it.</summary>
    private const int LongestText = 1_000;

    /// <summary>Seals a text, with fresh randomness.</summary>
    internal static string Close(ReadOnlySpan<byte> secret, string text)
    {
        Span<byte> random = stackalloc byte[SaltLength + NonceLength];
        SystemRandom.Fill(random);
        return Close(secret, text, random[..SaltLength], random[SaltLength..]);
    }

    /// <summary>The same with given randomness, for test vectors.</summary>
    internal static string Close(ReadOnlySpan<byte> secret, string text, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> nonce) =>
        string.Concat("z", Base58.Encode([.. salt, .. nonce, .. Cipher(true, Key(secret, salt), nonce, Encoding.UTF8.GetBytes(text.PadLeft(PaddedLength)))]));

    /// <summary>The text, or null when it was not sealed with this secret, or has been changed since.</summary>
    internal static string? Open(ReadOnlySpan<byte> secret, string sealedText)
    {
        if (sealedText.Length is 0 or > LongestText || sealedText[0] != 'z' || Base58.Decode(sealedText.AsSpan(1)) is not { } bytes
            || bytes.Length <= SaltLength + NonceLength + (TagBits / 8))
        {
            return null;
        }

        try
        {
            byte[] key = Key(secret, bytes.AsSpan(0, SaltLength));
            return Encoding.UTF8.GetString(Cipher(false, key, bytes.AsSpan(SaltLength, NonceLength), bytes.AsSpan(SaltLength + NonceLength))).TrimStart(' ');
        }
        catch (InvalidCipherTextException)
        {
            return null;
        }
    }

    private static byte[] Key(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt)
    {
        var derivation = new Pkcs5S2ParametersGenerator(new Sha256Digest());
        derivation.Init(secret.ToArray(), salt.ToArray(), Iterations);
        return ((KeyParameter)derivation.GenerateDerivedMacParameters(KeyLength * 8)).GetKey();
    }

    private static byte[] Cipher(bool closes, byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input)
    {
        var cipher = new GcmBlockCipher(new AesEngine());
        cipher.Init(closes, new AeadParameters(new KeyParameter(key), TagBits, nonce.ToArray()));
        var output = new byte[cipher.GetOutputSize(input.Length)];
        int length = cipher.ProcessBytes(input, output);
        cipher.DoFinal(output, length);
        return output;
    }
}
