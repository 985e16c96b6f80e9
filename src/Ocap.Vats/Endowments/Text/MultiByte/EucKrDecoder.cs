namespace Ocap.Vats.Endowments.Text.MultiByte;

/// <summary>EUC-KR with the extension of Windows (Encoding standard §13.1.1).</summary>
internal sealed class EucKrDecoder(bool isFatal) : TwoByteDecoder(isFatal)
{
    private readonly CodeIndex _index = CodeIndex.EucKr;

    protected override Handled HandlePair(int lead, int trail) =>
        EmitFound(trail is >= 0x41 and <= 0xFE ? _index[((lead - 0x81) * 190) + trail - 0x41] : 0, trail);
}
