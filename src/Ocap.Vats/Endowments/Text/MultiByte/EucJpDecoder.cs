namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>EUC-JP: two bytes for JIS X 0208, three for JIS X 0212, two for narrow katakana (Encoding standard §12.1.1).</summary>
internal sealed class EucJpDecoder(bool isFatal) : MultiByteDecoder(isFatal)
{
    private const int NarrowKatakana = 0x8E;
    private const int ThreeBytes = 0x8F;

    private int _lead;
    private bool _isJis0212;

    protected override Handled Handle(int one)
    {
        int lead = _lead;
        _lead = 0;
        if (one == EndOfQueue)
        {
            return lead == 0 ? Handled.Finished : Handled.Error;
        }

        switch (lead, one)
        {
            case (0, >= 0 and <= 0x7F):
                return Emit(one);
            case (0, NarrowKatakana or ThreeBytes or (>= 0xA1 and <= 0xFE)):
                _lead = one;
                return Handled.Continue;
            case (0, _):
                return Handled.Error;
            case (NarrowKatakana, >= 0xA1 and <= 0xDF):
                return Emit(0xFF61 - 0xA1 + one);
            case (ThreeBytes, >= 0xA1 and <= 0xFE):
                _isJis0212 = true;
                _lead = one;
                return Handled.Continue;
            default:
                return HandlePair(lead, one);
        }
    }

    protected override void StartAnew()
    {
        _lead = 0;
        _isJis0212 = false;
    }

    private Handled HandlePair(int lead, int trail)
    {
        CodeIndex index = _isJis0212 ? CodeIndex.Jis0212 : CodeIndex.Jis0208;
        _isJis0212 = false;
        int codePoint = lead is >= 0xA1 and <= 0xFE && trail is >= 0xA1 and <= 0xFE ? index[((lead - 0xA1) * 94) + trail - 0xA1] : 0;
        return codePoint == 0 ? Malformed(trail) : Emit(codePoint);
    }
}
