namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>What big5, euc-kr and shift_jis share: a lead byte waits for the one that makes it a character.</summary>
internal abstract class TwoByteDecoder(bool isFatal) : MultiByteDecoder(isFatal)
{
    private int _lead;

    protected sealed override Handled Handle(int one)
    {
        int lead = _lead;
        _lead = 0;
        if (one == EndOfQueue)
        {
            return lead == 0 ? Handled.Finished : Handled.Error;
        }

        if (lead != 0)
        {
            return HandlePair(lead, one);
        }

        if (IsLead(one))
        {
            _lead = one;
            return Handled.Continue;
        }

        return HandleSingle(one);
    }

    protected sealed override void StartAnew() => _lead = 0;

    protected virtual bool IsLead(int one) => one is >= 0x81 and <= 0xFE;

    protected virtual Handled HandleSingle(int one) => IsAscii(one) ? Emit(one) : Handled.Error;

    protected abstract Handled HandlePair(int lead, int trail);

    /// <summary>Adds a code point of an index; 0 is none.</summary>
    protected Handled EmitFound(int codePoint, int trail) => codePoint == 0 ? Malformed(trail) : Emit(codePoint);
}
