namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>gb18030, and GBK, whose decoder it is (Encoding standard §10.2.1): one, two or four bytes a character.</summary>
internal sealed class Gb18030Decoder(bool isFatal) : MultiByteDecoder(isFatal)
{
    private readonly CodeIndex _index = CodeIndex.Gb18030;
    private int _first;
    private int _second;
    private int _third;

    protected override Handled Handle(int one)
    {
        if (one == EndOfQueue)
        {
            Handled end = _first == 0 ? Handled.Finished : Handled.Error;
            StartAnew();
            return end;
        }

        return _third != 0 ? HandleFourth(one) : _second != 0 ? HandleThird(one) : _first != 0 ? HandleSecond(one) : HandleFirst(one);
    }

    protected override void StartAnew() => _first = _second = _third = 0;

    private Handled HandleFirst(int one)
    {
        switch (one)
        {
            case <= 0x7F:
                return Emit(one);
            case 0x80:
                return Emit(0x20AC);
            case 0xFF:
                return Handled.Error;
            default:
                _first = one;
                return Handled.Continue;
        }
    }

    private Handled HandleSecond(int one)
    {
        if (one is >= 0x30 and <= 0x39)
        {
            _second = one;
            return Handled.Continue;
        }

        int codePoint = one is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE) ? _index[((_first - 0x81) * 190) + one - (one < 0x7F ? 0x40 : 0x41)] : 0;
        _first = 0;
        return codePoint == 0 ? Malformed(one) : Emit(codePoint);
    }

    private Handled HandleThird(int one)
    {
        if (one is >= 0x81 and <= 0xFE)
        {
            _third = one;
            return Handled.Continue;
        }

        Restore(_second, one);
        StartAnew();
        return Handled.Error;
    }

    private Handled HandleFourth(int one)
    {
        if (one is not (>= 0x30 and <= 0x39))
        {
            Restore(_second, _third, one);
            StartAnew();
            return Handled.Error;
        }

        int pointer = ((((((_first - 0x81) * 10) + _second - 0x30) * 126) + _third - 0x81) * 10) + one - 0x30;
        StartAnew();
        int codePoint = Gb18030Ranges.CodePoint(pointer);
        return codePoint == 0 ? Handled.Error : Emit(codePoint);
    }
}
