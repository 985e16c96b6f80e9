namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>ISO-2022-JP: seven bits, and escape sequences that say what they mean (Encoding standard §12.2.1).</summary>
internal sealed class Iso2022JpDecoder(bool isFatal) : MultiByteDecoder(isFatal)
{
    private const int Escape = 0x1B;

    private readonly CodeIndex _index = CodeIndex.Jis0208;
    private State _state = State.Ascii;
    private State _outputState = State.Ascii;
    private int _lead;

    // An escape sequence that no text has followed yet: a second one is an error, which hides nothing between them.
    private bool _isBare;

    private enum State
    {
        Ascii,
        Roman,
        Katakana,
        LeadByte,
        TrailByte,
        EscapeStart,
        Escape,
    }

    protected override Handled Handle(int one) => _state switch
    {
        State.EscapeStart => HandleEscapeStart(one),
        State.Escape => HandleEscape(one),
        State.TrailByte => HandleTrail(one),
        _ => HandleCharacter(one),
    };

    protected override void StartAnew()
    {
        _state = _outputState = State.Ascii;
        _lead = 0;
        _isBare = false;
    }

    private Handled HandleCharacter(int one)
    {
        if (one == EndOfQueue)
        {
            return Handled.Finished;
        }

        if (one == Escape)
        {
            _state = State.EscapeStart;
            return Handled.Continue;
        }

        _isBare = false;
        switch (_state, one)
        {
            case (State.Ascii or State.Roman, 0x0E or 0x0F):
                return Handled.Error;
            case (State.Roman, 0x5C):
                return Emit(0xA5);
            case (State.Roman, 0x7E):
                return Emit(0x203E);
            case (State.Ascii or State.Roman, <= 0x7F):
                return Emit(one);
            case (State.Katakana, >= 0x21 and <= 0x5F):
                return Emit(0xFF61 - 0x21 + one);
            case (State.LeadByte, >= 0x21 and <= 0x7E):
                _lead = one;
                _state = State.TrailByte;
                return Handled.Continue;
            default:
                return Handled.Error;
        }
    }

    private Handled HandleTrail(int one)
    {
        if (one == Escape)
        {
            _state = State.EscapeStart;
            return Handled.Error;
        }

        _state = State.LeadByte;
        int codePoint = one is >= 0x21 and <= 0x7E ? _index[((_lead - 0x21) * 94) + one - 0x21] : 0;
        return codePoint == 0 ? Handled.Error : Emit(codePoint);
    }

    private Handled HandleEscapeStart(int one)
    {
        if (one is '$' or '(')
        {
            _lead = one;
            _state = State.Escape;
            return Handled.Continue;
        }

        if (one != EndOfQueue)
        {
            Restore(one);
        }

        return EndEscape();
    }

    private Handled HandleEscape(int one)
    {
        int lead = _lead;
        _lead = 0;
        State? next = (lead, one) switch
        {
            ('(', 'B') => State.Ascii,
            ('(', 'J') => State.Roman,
            ('(', 'I') => State.Katakana,
            ('$', '@' or 'B') => State.LeadByte,
            _ => null,
        };
        if (next is { } state)
        {
            _state = _outputState = state;
            bool wasBare = _isBare;
            _isBare = true;
            return wasBare ? Handled.Error : Handled.Continue;
        }

        if (one == EndOfQueue)
        {
            Restore(lead);
        }
        else
        {
            Restore(lead, one);
        }

        return EndEscape();
    }

    /// <summary>The escape was none: its byte is the error, and what followed is read in the state before.</summary>
    private Handled EndEscape()
    {
        _isBare = false;
        _state = _outputState;
        return Handled.Error;
    }
}
