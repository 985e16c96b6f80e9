namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>How much may come out of a body that a server has compressed.</summary>
internal sealed record DecodingLimits
{
    internal static DecodingLimits Default { get; } = new();

    /// <summary>Bytes of one body, and of what lies between two of its codings: as many as the daemon takes from a server for one.</summary>
    internal long MostBytes { get; init; } = 256L << 20;

    /// <summary>Bytes that the vat is told in one crank, as with a body that is not compressed.</summary>
    internal int PieceBytes { get; init; } = 64 << 10;

    /// <summary>Codings of all bodies that are on their way to one vat: each has a decoder, which holds memory. More than requests that may be under way.</summary>
    internal int MostCodings { get; init; } = 128;

    /// <summary>Bytes that all decoders of a body read in one crank. Some bombs never show their inside: those must not take the vat's CPU time at one go.</summary>
    internal int WorkPerTurn { get; init; } = 1 << 20;
}
