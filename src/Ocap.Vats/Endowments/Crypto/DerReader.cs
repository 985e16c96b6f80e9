namespace Ocap.Vats.Endowments.Crypto;

/// <summary>Reads the values of a DER structure one after another: as much of ASN.1 as key files need.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> bytes)
{
    internal const byte Integer = 0x02, BitString = 0x03, OctetString = 0x04, Sequence = 0x30;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Goes on inside the next value; what is behind it is not looked at.</summary>
    internal bool TryEnter(byte tag)
    {
        if (!TryTake(tag, out ReadOnlySpan<byte> content))
        {
            return false;
        }

        _rest = content;
        return true;
    }

    internal bool TryTake(byte tag, out ReadOnlySpan<byte> content) => TryTake(tag, out _, out content);

    /// <summary>The next value with its tag and length.</summary>
    internal bool TryTakeWhole(byte tag, out ReadOnlySpan<byte> value) => TryTake(tag, out value, out _);

    private bool TryTake(byte tag, out ReadOnlySpan<byte> value, out ReadOnlySpan<byte> content)
    {
        value = content = default;
        if (_rest.Length < 2 || _rest[0] != tag)
        {
            return false;
        }

        int header = 2, length = _rest[1];
        if (length > 0x80)
        {
            int digits = length - 0x80;
            if (digits > 3 || _rest.Length < 2 + digits)
            {
                return false;
            }

            length = 0;
            for (int i = 0; i < digits; i++)
            {
                length = (length << 8) | _rest[header++];
            }
        }

        if (length > _rest.Length - header)
        {
            return false;
        }

        value = _rest[..(header + length)];
        content = value[header..];
        _rest = _rest[value.Length..];
        return true;
    }
}
