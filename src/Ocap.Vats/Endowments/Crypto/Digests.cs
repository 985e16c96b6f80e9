using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ocap.Vats.Endowments.Crypto;

/// <summary>Hashes, message authentication and what is derived with them.</summary>
internal static class Digests
{
    internal static IDigest Make(string hash) => hash switch
    {
        "SHA-1" => new Sha1Digest(),
        "SHA-256" => new Sha256Digest(),
        "SHA-384" => new Sha384Digest(),
        _ => new Sha512Digest(),
    };

    internal static byte[] Digest(string hash, ReadOnlySpan<byte> data)
    {
        IDigest digest = Make(hash);
        digest.BlockUpdate(data);
        byte[] result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }

    internal static byte[] Hmac(string hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data) => Final(Keyed(hash, key), data);

    /// <summary>RFC 5869.</summary>
    internal static byte[]? Hkdf(string hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, int length)
    {
        int size = Make(hash).GetDigestSize();
        if (length > 255 * size)
        {
            return null;
        }

        HMac mac = Keyed(hash, Hmac(hash, salt.IsEmpty ? new byte[size] : salt, key));
        byte[] result = new byte[length], block = [];
        for (int at = 0, counter = 1; at < length; at += size, counter++)
        {
            block = Final(mac, [.. block, .. info, (byte)counter]);
            block.AsSpan(0, Math.Min(size, length - at)).CopyTo(result.AsSpan(at));
        }

        return result;
    }

    /// <summary>RFC 8018. <paramref name="check"/> is called often enough that a vat that asks for a billion rounds is stopped.</summary>
    internal static byte[] Pbkdf2(string hash, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations, int length, Action check)
    {
        HMac mac = Keyed(hash, password);
        int size = mac.GetMacSize();
        byte[] result = new byte[length];
        for (int at = 0, counter = 1; at < length; at += size, counter++)
        {
            byte[] round = Final(mac, [.. salt, (byte)(counter >> 24), (byte)(counter >> 16), (byte)(counter >> 8), (byte)counter]);
            byte[] block = [.. round];
            for (int i = 1; i < iterations; i++)
            {
                mac.BlockUpdate(round, 0, size);
                mac.DoFinal(round, 0);
                for (int j = 0; j < size; j++)
                {
                    block[j] ^= round[j];
                }

                if ((i & 0xFF) == 0)
                {
                    check();
                }
            }

            block.AsSpan(0, Math.Min(size, length - at)).CopyTo(result.AsSpan(at));
        }

        return result;
    }

    private static HMac Keyed(string hash, ReadOnlySpan<byte> key)
    {
        var mac = new HMac(Make(hash));
        mac.Init(new KeyParameter(key));
        return mac;
    }

    private static byte[] Final(HMac mac, ReadOnlySpan<byte> data)
    {
        mac.BlockUpdate(data);
        byte[] result = new byte[mac.GetMacSize()];
        mac.DoFinal(result, 0);
        return result;
    }
}
