namespace Ocap.Vats.Endowments.Text;

/// <summary>Base64 as <c>atob</c> and <c>btoa</c> have it: forgiving of white space and missing padding, and of nothing else (Infra standard §7).</summary>
internal static class Base64Text
{
    /// <summary>Null when a character is no byte.</summary>
    internal static string? Encode(string binary)
    {
        byte[] bytes = new byte[binary.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (binary[i] > 0xFF)
            {
                return null;
            }

            bytes[i] = (byte)binary[i];
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Null when the text is no base64.</summary>
    internal static string? Decode(string text)
    {
        string data = string.Concat(text.Where(static c => c is not ('\t' or '\n' or '\f' or '\r' or ' ')));
        if (data.Length % 4 == 0)
        {
            data = data.EndsWith("==", StringComparison.Ordinal) ? data[..^2] : data.EndsWith('=') ? data[..^1] : data;
        }

        if (data.Length % 4 == 1 || !data.All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/'))
        {
            return null;
        }

        // The bits that are left over are dropped, whatever they are.
        var decoded = new char[data.Length * 3 / 4];
        int bits = 0, count = 0, length = 0;
        foreach (char c in data)
        {
            bits = (bits << 6) | Value(c);
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                decoded[length++] = (char)((bits >> count) & 0xFF);
            }
        }

        return new string(decoded, 0, length);
    }

    private static int Value(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        _ => 63,
    };
}
