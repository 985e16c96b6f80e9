namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>Shift_JIS as Windows has it (Encoding standard §12.3.1).</summary>
internal sealed class ShiftJisDecoder(bool isFatal) : TwoByteDecoder(isFatal)
{
    // Pointers of characters that users define: Unicode's private ones, in order.
    private const int FirstPrivate = 8836;
    private const int LastPrivate = 10715;

    private readonly CodeIndex _index = CodeIndex.Jis0208;

    protected override bool IsLead(int one) => one is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC);

    protected override Handled HandleSingle(int one) => one switch
    {
        <= 0x80 => Emit(one),
        >= 0xA1 and <= 0xDF => Emit(0xFF61 - 0xA1 + one),
        _ => Handled.Error,
    };

    protected override Handled HandlePair(int lead, int trail)
    {
        if (trail is not ((>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC)))
        {
            return Malformed(trail);
        }

        int pointer = ((lead - (lead < 0xA0 ? 0x81 : 0xC1)) * 188) + trail - (trail < 0x7F ? 0x40 : 0x41);
        return EmitFound(pointer is >= FirstPrivate and <= LastPrivate ? 0xE000 - FirstPrivate + pointer : _index[pointer], trail);
    }
}
