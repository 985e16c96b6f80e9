namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>What the decoder of one coding reads: so many bytes at most, and no more in a crank than is left of the allowance. Its first byte can be looked at.</summary>
internal sealed class CodedInput(Stream under, DecodingAllowance allowance) : ReadingStream
{
    private byte? _first;
    private long _total;

    /// <summary>Somebody has read nothing since this was last set: there was no more.</summary>
    internal bool HasRunDry { get; set; }

    /// <summary>The first byte, which is still to be read. Null as long as it has not come.</summary>
    internal byte? Peek()
    {
        Span<byte> one = stackalloc byte[1];
        return ReadUnder(one) == 0 ? null : _first = one[0];
    }

    public override int Read(Span<byte> buffer)
    {
        if (_first is { } first && !buffer.IsEmpty)
        {
            _first = null;
            buffer[0] = first;
            return 1;
        }

        return ReadUnder(buffer);
    }

    private int ReadUnder(Span<byte> buffer)
    {
        if (allowance.Left <= 0)
        {
            allowance.Stall();
            HasRunDry = true;
            return 0;
        }

        int length = under.Read(buffer);
        HasRunDry |= length == 0;
        allowance.Spend(length);
        _total += length;
        return _total <= allowance.MostBytes ? length : throw BodyRefusedException.TooLarge(allowance.MostBytes);
    }
}
