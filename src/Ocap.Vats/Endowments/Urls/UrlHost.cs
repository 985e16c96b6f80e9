using System.Buffers;
using System.Globalization;

namespace Ocap.Vats.Endowments.Urls;

/// <summary>Parses the host of a URL (URL standard §3.5) into the form in which it is written; null when it is none.</summary>
internal static class UrlHost
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\0\t\n\r #/:<>?@[\\]^|");

    private static readonly SearchValues<char> ForbiddenInDomain =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(static c => (char)c), .. "#%/:<>?@[\\]^|\u007f"]);

    internal static string? Parse(string input, bool isSpecial)
    {
        if (input.StartsWith('['))
        {
            return input.EndsWith(']') && Ipv6(input[1..^1]) is { } pieces ? $"[{Write(pieces)}]" : null;
        }

        if (!isSpecial)
        {
            return input.AsSpan().ContainsAny(Forbidden) ? null : EncodeSet.Control.Encode(input);
        }

        if (DomainNames.ToAscii(PercentDecoding.Text(input)) is not { Length: > 0 } domain || domain.AsSpan().ContainsAny(ForbiddenInDomain))
        {
            return null;
        }

        return EndsInNumber(domain) ? Ipv4(domain) : domain;
    }

    private static bool EndsInNumber(string domain)
    {
        string[] parts = domain.Split('.');
        int last = parts.Length - 1;
        if (parts[last].Length == 0)
        {
            if (last == 0)
            {
                return false;
            }

            last--;
        }

        return (parts[last].Length > 0 && parts[last].All(char.IsAsciiDigit)) || Number(parts[last]) is not null;
    }

    private static string? Ipv4(string domain)
    {
        List<string> parts = [.. domain.Split('.')];
        if (parts[^1].Length == 0 && parts.Count > 1)
        {
            parts.RemoveAt(parts.Count - 1);
        }

        if (parts.Count > 4)
        {
            return null;
        }

        var numbers = new List<double>();
        foreach (string part in parts)
        {
            if (Number(part) is not { } number)
            {
                return null;
            }

            numbers.Add(number);
        }

        if (numbers.Take(numbers.Count - 1).Any(static number => number > 255) || numbers[^1] >= Math.Pow(256, 5 - numbers.Count))
        {
            return null;
        }

        double address = numbers[^1];
        for (int i = 0; i < numbers.Count - 1; i++)
        {
            address += numbers[i] * Math.Pow(256, 3 - i);
        }

        uint bits = (uint)address;
        return string.Create(CultureInfo.InvariantCulture, $"{bits >> 24}.{(bits >> 16) & 255}.{(bits >> 8) & 255}.{bits & 255}");
    }

    /// <summary>A part of an address: decimal, octal behind 0, hexadecimal behind 0x.</summary>
    private static double? Number(string text)
    {
        int radix = 10;
        ReadOnlySpan<char> digits = text;
        if (digits.IsEmpty)
        {
            return null;
        }

        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            radix = 16;
            digits = digits[2..];
        }
        else if (digits.Length >= 2 && digits[0] == '0')
        {
            radix = 8;
            digits = digits[1..];
        }

        double value = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            if (digit >= radix)
            {
                return null;
            }

            value = (value * radix) + digit;
        }

        return value;
    }

    private static ushort[]? Ipv6(string text)
    {
        var pieces = new ushort[8];
        int count = 0, at = 0;
        int? compress = null;
        if (text.StartsWith(':'))
        {
            if (!text.StartsWith("::", StringComparison.Ordinal))
            {
                return null;
            }

            at = 2;
            compress = ++count;
        }

        while (at < text.Length)
        {
            if (count == 8)
            {
                return null;
            }

            if (text[at] == ':')
            {
                if (compress is not null)
                {
                    return null;
                }

                at++;
                compress = ++count;
                continue;
            }

            int value = 0, length = 0;
            while (length < 4 && at < text.Length && char.IsAsciiHexDigit(text[at]))
            {
                value = (value * 16) + Convert.ToInt32(text[at++].ToString(), 16);
                length++;
            }

            if (at < text.Length && text[at] == '.')
            {
                if (length == 0 || count > 6 || !EmbeddedIpv4(text[(at - length)..], pieces, count))
                {
                    return null;
                }

                count += 2;
                break;
            }

            if (at < text.Length)
            {
                if (text[at] != ':' || ++at == text.Length)
                {
                    return null;
                }
            }

            pieces[count++] = (ushort)value;
        }

        if (compress is { } from)
        {
            int moved = count - from;
            Array.Copy(pieces, from, pieces, 8 - moved, moved);
            Array.Clear(pieces, from, 8 - count);
        }
        else if (count != 8)
        {
            return null;
        }

        return pieces;
    }

    private static bool EmbeddedIpv4(string text, ushort[] pieces, int at)
    {
        string[] parts = text.Split('.');
        if (parts.Length != 4 || parts.Any(static part => part.Length is 0 or > 3 || !part.All(char.IsAsciiDigit) || (part.Length > 1 && part[0] == '0')))
        {
            return false;
        }

        int[] bytes = [.. parts.Select(static part => int.Parse(part, CultureInfo.InvariantCulture))];
        if (Array.Exists(bytes, static one => one > 255))
        {
            return false;
        }

        pieces[at] = (ushort)((bytes[0] << 8) | bytes[1]);
        pieces[at + 1] = (ushort)((bytes[2] << 8) | bytes[3]);
        return true;
    }

    /// <summary>The first of the longest runs of zero pieces becomes <c>::</c>.</summary>
    private static string Write(ushort[] pieces)
    {
        int best = -1, bestLength = 1;
        for (int i = 0; i < 8; i++)
        {
            int length = 0;
            while (i + length < 8 && pieces[i + length] == 0)
            {
                length++;
            }

            if (length > bestLength)
            {
                (best, bestLength) = (i, length);
            }

            i += length;
        }

        string Joined(int from, int to) => string.Join(':', pieces[from..to].Select(static piece => piece.ToString("x", CultureInfo.InvariantCulture)));
        return best < 0 ? Joined(0, 8) : $"{Joined(0, best)}::{Joined(best + bestLength, 8)}";
    }
}
