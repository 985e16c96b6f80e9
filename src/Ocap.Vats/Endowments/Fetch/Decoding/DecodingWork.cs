namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>How much the decoders of one body may still read in this crank.</summary>
internal sealed class DecodingWork(int most)
{
    internal int Left { get; private set; }

    /// <summary>Somebody got less than there was, for that reason alone.</summary>
    internal bool HasStalled { get; private set; }

    internal void Begin() => (Left, HasStalled) = (most, false);

    internal void Spend(int bytes) => Left -= bytes;

    internal void Stall() => HasStalled = true;
}
