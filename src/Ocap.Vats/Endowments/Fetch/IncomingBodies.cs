using Ocap.Kernel.Outside;
using Ocap.Vats.Endowments.Fetch.Decoding;

namespace Ocap.Vats.Endowments.Fetch;

/// <summary>
/// The responses that come to one vat, between the daemon, which passes their bodies on as they came, and the vat's code, which is told them without codings:
/// a piece at most in each crank, and the next when it asks.
/// </summary>
internal sealed class IncomingBodies(OutsideDesk desk, DecodingLimits limits) : IDisposable
{
    private readonly Dictionary<long, BodyDecoder> _decoders = [];
    private byte[]? _buffer;

    internal IncomingBodies(OutsideDesk desk)
        : this(desk, DecodingLimits.Default)
    {
    }

    /// <summary>What the vat's code is to be told of what came of a request: not always something.</summary>
    internal IReadOnlyList<OutsideEvent> Told(long id, OutsideEvent happening)
    {
        if (happening.IsLast)
        {
            desk.Finished(id);
            Forget(id);
        }
        else if (happening is ResponseHead { Codings.Count: > 0 } head)
        {
            _decoders.Add(id, new BodyDecoder(head.Codings, limits));
        }
        else if (happening is BodyPiece piece && _decoders.TryGetValue(id, out BodyDecoder? decoder))
        {
            return Decoded(id, piece, decoder);
        }

        return [happening];
    }

    /// <summary>The vat's code has room for the next piece.</summary>
    internal void Continue(long id) => desk.Continue(id, hasRest: _decoders.TryGetValue(id, out BodyDecoder? decoder) && decoder.State is DecodingState.HasRest);

    /// <summary>The vat's code wants nothing more of it.</summary>
    internal void Cancel(long id)
    {
        desk.Cancel(id);
        Forget(id);
    }

    public void Dispose()
    {
        foreach (BodyDecoder decoder in _decoders.Values)
        {
            decoder.Dispose();
        }

        _decoders.Clear();
    }

    private List<OutsideEvent> Decoded(long id, BodyPiece piece, BodyDecoder decoder)
    {
        List<OutsideEvent> told = [];
        try
        {
            if (!piece.Bytes.IsEmpty)
            {
                decoder.Take(piece.Bytes);
            }

            _buffer ??= new byte[limits.PieceBytes];
            int length = decoder.Decode(_buffer);
            if (length > 0)
            {
                told.Add(new BodyPiece(_buffer.AsMemory(0, length)));
            }

            if (decoder.State is DecodingState.HasEnded)
            {
                told.Add(new BodyEnd());
            }
            else if (length == 0)
            {
                // The vat's code still waits for what it asked for.
                Continue(id);
            }
        }
        catch (BodyRefusedException refused)
        {
            told.Add(new OutsideFailure("TypeError", refused.Message, refused.Code));
        }

        if (told is [.., { IsLast: true }])
        {
            Cancel(id);
        }

        return told;
    }

    private void Forget(long id)
    {
        if (_decoders.Remove(id, out BodyDecoder? decoder))
        {
            decoder.Dispose();
        }
    }
}
