namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>Big5 with the Hong Kong supplement (Encoding standard §11.1.1).</summary>
internal sealed class Big5Decoder(bool isFatal) : TwoByteDecoder(isFatal)
{
    private readonly CodeIndex _index = CodeIndex.Big5;

    protected override Handled HandlePair(int lead, int trail)
    {
        if (trail is not ((>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE)))
        {
            return Malformed(trail);
        }

        int pointer = ((lead - 0x81) * 157) + trail - (trail < 0x7F ? 0x40 : 0x62);
        return pointer switch
        {
            // A letter and its second mark: an index holds one code point.
            1133 => EmitBoth(0xCA, 0x304),
            1135 => EmitBoth(0xCA, 0x30C),
            1164 => EmitBoth(0xEA, 0x304),
            1166 => EmitBoth(0xEA, 0x30C),
            _ => EmitFound(_index[pointer], trail),
        };
    }

    private Handled EmitBoth(int letter, int mark)
    {
        Emit(letter);
        return Emit(mark);
    }
}
