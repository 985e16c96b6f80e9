namespace Ocap.Remotes.Identity;

/// <summary>Base58 with the Bitcoin alphabet, without multibase prefix: how peer ids, and the sealed part of OCAP URLs, are written.</summary>
internal static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>The text of <paramref name="bytes"/>; each leading zero byte becomes a leading <c>1</c>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        int zeros = bytes.IndexOfAnyExcept((byte)0);
        zeros = zeros < 0 ? bytes.Length : zeros;

        // Base-58 digits, least significant first. log(256) / log(58) < 1.37.
        var digits = new byte[(bytes.Length * 137 / 100) + 1];
        int length = 0;
        foreach (byte b in bytes[zeros..])
        {
            int carry = b;
            for (int i = 0; i < length; i++)
            {
                carry += digits[i] << 8;
                digits[i] = (byte)(carry % 58);
                carry /= 58;
            }
            for (; carry > 0; carry /= 58)
            {
                digits[length++] = (byte)(carry % 58);
            }
        }
        var text = new char[zeros + length];
        text.AsSpan(0, zeros).Fill(Alphabet[0]);
        for (int i = 0; i < length; i++)
        {
            text[^(i + 1)] = Alphabet[digits[i]];
        }
        return new string(text);
    }

    /// <summary>The bytes of <paramref name="text"/>, or null when there is a strange character in it. The time it takes grows with the square of the length.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        int zeros = text.IndexOfAnyExcept(Alphabet[0]);
        zeros = zeros < 0 ? text.Length : zeros;

        // Least significant first. log(58) / log(256) < 0.733.
        var bytes = new byte[(text.Length * 733 / 1000) + 1];
        int length = 0;
        foreach (char c in text[zeros..])
        {
            int carry = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (carry < 0)
            {
                return null;
            }

            for (int i = 0; i < length; i++)
            {
                carry += bytes[i] * 58;
                bytes[i] = (byte)carry;
                carry >>= 8;
            }

            for (; carry > 0; carry >>= 8)
            {
                bytes[length++] = (byte)carry;
            }
        }

        var decoded = new byte[zeros + length];
        for (int i = 0; i < length; i++)
        {
            decoded[^(i + 1)] = bytes[i];
        }

        return decoded;
    }
}
