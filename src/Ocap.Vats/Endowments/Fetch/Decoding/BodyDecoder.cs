namespace Ocap.Vats.Endowments.Fetch.Decoding;

/// <summary>Where the decoding of a body stands.</summary>
internal enum DecodingState : byte
{
    /// <summary>It needs another piece from the server.</summary>
    WantsMore,

    /// <summary>There may be more in the piece it has.</summary>
    HasRest,

    /// <summary>The body is over, whatever the server may still send.</summary>
    HasEnded,
}

/// <summary>
/// Takes the codings off one response's body, as Node's fetch does: gzip, deflate with and without its wrapper, and Brotli, several upon each other. It works
/// on the vat's thread, within the vat's limits, and does so much at a time as the vat is told in one crank. A body that ends too early gives what came.
/// </summary>
internal sealed class BodyDecoder : IDisposable
{
    private readonly ArrivedBytes _arrived = new();
    private readonly DecodingAllowance _allowance;
    private readonly CodedLayer _outermost;
    private long _total;
    private BodyRefusedException? _refused;

    /// <param name="codings">One or more, in the order in which they were put on.</param>
    /// <param name="limits">How much may come out.</param>
    /// <param name="hold">Is told of each change of what the decoders hold outside the heap, in bytes.</param>
    internal BodyDecoder(IReadOnlyList<string> codings, DecodingLimits limits, Action<long> hold)
    {
        _allowance = new DecodingAllowance(limits, hold);
        Stream layer = _arrived;
        foreach (string coding in codings.Reverse())
        {
            layer = new CodedLayer(coding, layer, _allowance);
        }

        _outermost = (CodedLayer)layer;
    }

    /// <summary>What stands in the way of the next piece.</summary>
    internal DecodingState State { get; private set; }

    /// <summary>Another piece has come; the one before is used up (<see cref="State"/>).</summary>
    internal void Take(ReadOnlyMemory<byte> piece) => _arrived.Take(piece);

    /// <summary>Decodes as much as goes into the buffer, or as one crank may do. Returns the number of bytes, and sets <see cref="State"/>.</summary>
    /// <exception cref="BodyRefusedException">The body is broken, or larger than a body may be.</exception>
    internal int Decode(Span<byte> buffer)
    {
        _allowance.Begin();
        int length = Fill(buffer);
        _total += length;
        return _total <= _allowance.MostBytes ? length : throw BodyRefusedException.TooLarge(_allowance.MostBytes);
    }

    private int Fill(Span<byte> buffer)
    {
        if (_refused is not null)
        {
            throw _refused;
        }

        int length = 0, read;
        try
        {
            while (length < buffer.Length && (read = _outermost.Read(buffer[length..])) > 0)
            {
                length += read;
            }
        }
        catch (BodyRefusedException refused) when (length > 0)
        {
            // What came before is told first.
            _refused = refused;
        }

        State = _outermost.HasEnded ? DecodingState.HasEnded
            : length == buffer.Length || _allowance.HasStalled || _refused is not null ? DecodingState.HasRest
            : DecodingState.WantsMore;
        return length;
    }

    public void Dispose() => _outermost.Dispose();
}
