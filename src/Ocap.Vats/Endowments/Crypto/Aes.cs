using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ocap.Vats.Endowments.Crypto;

/// <summary>AES in the modes of Web Cryptography. Null when the ciphertext was not made with this key.</summary>
internal static class Aes
{
    private const int Block = 16;

    internal static byte[]? Gcm(bool encrypts, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> extra, int tagBits, ReadOnlySpan<byte> data)
    {
        var cipher = new GcmBlockCipher(new AesEngine());
        cipher.Init(encrypts, new AeadParameters(new KeyParameter(key), tagBits, iv.ToArray(), extra.ToArray()));
        return Run(
            data,
            cipher.GetOutputSize(data.Length),
            (input, output) => cipher.ProcessBytes(input, 0, input.Length, output, 0),
            cipher.DoFinal);
    }

    internal static byte[]? Cbc(bool encrypts, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> data)
    {
        var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new AesEngine()), new Pkcs7Padding());
        cipher.Init(encrypts, new ParametersWithIV(new KeyParameter(key), iv.ToArray()));
        return Run(
            data,
            cipher.GetOutputSize(data.Length),
            (input, output) => cipher.ProcessBytes(input, 0, input.Length, output, 0),
            cipher.DoFinal);
    }

    /// <summary>The last <paramref name="bits"/> bits of the counter count, and wrap around among themselves.</summary>
    internal static byte[] Ctr(ReadOnlySpan<byte> key, ReadOnlySpan<byte> counter, int bits, ReadOnlySpan<byte> data)
    {
        var engine = new AesEngine();
        engine.Init(true, new KeyParameter(key));
        byte[] at = counter.ToArray(), stream = new byte[Block], result = new byte[data.Length];
        for (int start = 0; start < data.Length; start += Block)
        {
            engine.ProcessBlock(at, 0, stream, 0);
            for (int i = 0; i < Math.Min(Block, data.Length - start); i++)
            {
                result[start + i] = (byte)(data[start + i] ^ stream[i]);
            }

            Increment(at, bits);
        }

        return result;
    }

    private static void Increment(byte[] counter, int bits)
    {
        for (int i = Block - 1; bits > 0; i--, bits -= 8)
        {
            int mask = bits >= 8 ? 0xFF : (1 << bits) - 1;
            int next = (counter[i] & mask) + 1;
            counter[i] = (byte)((counter[i] & ~mask) | (next & mask));
            if (next <= mask)
            {
                return;
            }
        }
    }

    private static byte[]? Run(ReadOnlySpan<byte> data, int most, Func<byte[], byte[], int> process, Func<byte[], int, int> final)
    {
        try
        {
            byte[] output = new byte[most];
            int length = process(data.ToArray(), output);
            length += final(output, length);
            return length == output.Length ? output : output[..length];
        }
        catch (CryptoException)
        {
            return null;
        }
    }
}
