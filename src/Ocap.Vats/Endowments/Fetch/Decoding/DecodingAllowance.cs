namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>What the decoders of one body may use together.</summary>
/// <param name="limits">The limits.</param>
/// <param name="hold">Is told of each change of what they hold outside the heap, in bytes.</param>
internal sealed class DecodingAllowance(DecodingLimits limits, Action<long> hold)
{
    /// <summary>See <see cref="DecodingLimits.MostBytes"/>.</summary>
    internal long MostBytes => limits.MostBytes;

    /// <summary>Bytes that they may still read in this crank.</summary>
    internal int Left { get; private set; }

    /// <summary>One of them got less than there was, because nothing was left.</summary>
    internal bool HasStalled { get; private set; }

    /// <summary>A crank begins.</summary>
    internal void Begin() => (Left, HasStalled) = (limits.WorkPerTurn, false);

    internal void Spend(int bytes) => Left -= bytes;

    internal void Stall() => HasStalled = true;

    internal void Hold(long bytes) => hold(bytes);
}
