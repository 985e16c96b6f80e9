using System.Text;

namespace Ocap.Vats.Endowments.Bodies;

/// <summary>The headers of one part of a multipart body, line by line (RFC 7578 §4.2; names that are not ASCII as RFC 5987 has them).</summary>
internal ref struct PartHead
{
    private string? _name;
    private string? _fileName;
    private string? _contentType;
    private string? _transferEncoding;

    public PartHead()
    {
    }

    /// <exception cref="FormatException">It is no header of a part.</exception>
    internal void Add(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = (colon < 0 ? line : line[..colon]).Trim(" \t"u8);
        if (name.IsEmpty || !IsToken(name))
        {
            throw new FormatException("header name does not match the field-name token production");
        }

        if (colon < 0)
        {
            throw new FormatException("expected :");
        }

        ReadOnlySpan<byte> value = line[(colon + 1)..].TrimStart(" \t"u8);
        switch (Encoding.ASCII.GetString(name).ToLowerInvariant())
        {
            case "content-disposition":
                Dispose(value);
                break;
            case "content-type":
                _contentType = Encoding.Latin1.GetString(value.TrimEnd(" \t"u8));
                break;
            case "content-transfer-encoding":
                _transferEncoding = Encoding.Latin1.GetString(value.TrimEnd(" \t"u8));
                break;
        }
    }

    /// <exception cref="FormatException">It has none.</exception>
    internal readonly void RequireName() => _ = _name ?? throw new FormatException("header name is null");

    internal readonly MultipartPart ToPart(ReadOnlySpan<byte> content)
    {
        string type = _contentType ?? "text/plain";
        return new MultipartPart(_name!, _fileName, Ascii.IsValid(type) ? type : "", _transferEncoding is "base64" ? FromBase64(content) : content.ToArray());
    }

    private void Dispose(ReadOnlySpan<byte> value)
    {
        (_name, _fileName) = (null, null);
        bool isExtended = false;
        ReadOnlySpan<byte> type = Token(ref value);
        if (!Ascii.EqualsIgnoreCase(type, "form-data"u8))
        {
            throw new FormatException("expected form-data for content-disposition header");
        }

        while (Attribute(ref value, out string name, out string content, out bool isMoreExact))
        {
            if (name is "name")
            {
                _name = content;
            }
            else if (name is "filename" && (isMoreExact || !isExtended))
            {
                (_fileName, isExtended) = (content, isExtended || isMoreExact);
            }
        }

        _ = _name ?? throw new FormatException("name attribute is required in content-disposition header");
        if (!value.IsEmpty)
        {
            throw new FormatException("expected CRLF");
        }
    }

    private static bool Attribute(ref ReadOnlySpan<byte> rest, out string name, out string value, out bool isExtended)
    {
        (name, value, isExtended) = ("", "", false);
        if (rest.IsEmpty)
        {
            return false;
        }

        rest = (rest[0] == ';' ? rest[1..] : rest).TrimStart(" \t"u8);
        name = Encoding.ASCII.GetString(Token(ref rest, isName: true)).ToLowerInvariant();
        isExtended = rest.StartsWith("*"u8);
        ReadOnlySpan<byte> after = isExtended ? rest[1..] : rest;
        if (name.Length == 0 || !after.StartsWith("="u8))
        {
            return false;
        }

        rest = after[1..].TrimStart(" \t"u8);
        value = isExtended ? Extended(ref rest) : rest.StartsWith("\""u8) ? Quoted(ref rest) : Text(Token(ref rest));
        return true;
    }

    private static string Extended(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAny((byte)' ', (byte)';');
        ReadOnlySpan<byte> value = end < 0 ? rest : rest[..end];
        rest = rest[value.Length..];
        if (value.Length < 7 || !Ascii.EqualsIgnoreCase(value[..5], "utf-8"u8))
        {
            throw new FormatException("unknown encoding, expected utf-8''");
        }

        List<byte> bytes = [];
        for (int i = 7; i < value.Length; i++)
        {
            if (value[i] != '%')
            {
                bytes.Add(value[i]);
            }
            else if (i + 2 < value.Length && byte.TryParse(value.Slice(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out byte one))
            {
                bytes.Add(one);
                i += 2;
            }
            else
            {
                throw new FormatException("URI malformed");
            }
        }

        return Text([.. bytes]);
    }

    private static string Quoted(ref ReadOnlySpan<byte> rest)
    {
        int end = rest[1..].IndexOf((byte)'"');
        if (end < 0)
        {
            throw new FormatException("Closing quote not found");
        }

        string value = Text(rest.Slice(1, end));
        rest = rest[(end + 2)..];
        return value.Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase).Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase).Replace("%22", "\"", StringComparison.Ordinal);
    }

    private static ReadOnlySpan<byte> Token(ref ReadOnlySpan<byte> rest, bool isName = false)
    {
        int length = 0;
        while (length < rest.Length && MimeType.IsTokenCharacter((char)rest[length]) && !(isName && rest[length] == '*'))
        {
            length++;
        }

        ReadOnlySpan<byte> token = rest[..length];
        rest = rest[length..];
        return token;
    }

    private static bool IsToken(ReadOnlySpan<byte> text)
    {
        foreach (byte one in text)
        {
            if (!MimeType.IsTokenCharacter((char)one))
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);

    private static byte[] FromBase64(ReadOnlySpan<byte> text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (byte one in text)
        {
            if (one == '=')
            {
                break;
            }

            char digit = one switch { (byte)'-' => '+', (byte)'_' => '/', _ => (char)one };
            if (char.IsAsciiLetterOrDigit(digit) || digit is '+' or '/')
            {
                digits.Append(digit);
            }
        }

        digits.Length -= digits.Length % 4 == 1 ? 1 : 0;
        return Convert.FromBase64String(digits.Append('=', (4 - (digits.Length % 4)) % 4).ToString());
    }
}
