using Ocap.Kernel.Outside;
using Ocap.Vats.Endowments.Fetch.Decoding;

namespace Ocap.Vats.Endowments.Fetch;

/// <summary>
/// The responses that come to one vat, between the daemon, which passes their bodies on as they came, and the vat's code, which is told them without codings:
/// a piece at most in each crank, and the next when it asks.
/// </summary>
/// <param name="desk">Where the vat's requests are.</param>
/// <param name="limits">How much may come out of bodies.</param>
/// <param name="hold">Is told of each change of what decoders hold outside the heap, in bytes.</param>
internal sealed class IncomingBodies(OutsideDesk desk, DecodingLimits limits, Action<long> hold) : IDisposable
{
    private readonly Dictionary<long, Incoming> _bodies = [];
    private byte[]? _buffer;

    /// <summary>What the vat's code is to be told of what came of a request: not always something.</summary>
    internal IReadOnlyList<OutsideEvent> Told(long id, OutsideEvent happening)
    {
        switch (happening)
        {
            case ResponseHead head when _bodies.Values.Sum(static body => body.Codings) + head.Codings.Count > limits.MostCodings:
                Cancel(id);
                return [new OutsideFailure("TypeError", $"a vat may have responses with {limits.MostCodings} codings under way at once", null)];
            case ResponseHead head:
                _bodies.Add(id, new Incoming(head.Codings.Count, head.Codings.Count == 0 ? null : new BodyDecoder(head.Codings, limits, hold)));
                break;
            case BodyPiece piece when _bodies.TryGetValue(id, out Incoming? body):
                body.IsAsked = false;
                return body.Decoder is { } decoder ? Decoded(id, piece, decoder) : [piece];
            case { IsLast: true }:
                desk.Finished(id);
                Forget(id);
                break;
        }

        return [happening];
    }

    /// <summary>The vat's code has room for the next piece. It is asked for once: what came after it might be the end, before the piece is told to its own end.</summary>
    internal void Continue(long id)
    {
        if (_bodies.TryGetValue(id, out Incoming? body) && !body.IsAsked)
        {
            body.IsAsked = true;
            desk.Continue(id, hasRest: body.Decoder?.State is DecodingState.HasRest);
        }
    }

    /// <summary>The vat's code wants nothing more of it.</summary>
    internal void Cancel(long id)
    {
        desk.Cancel(id);
        Forget(id);
    }

    public void Dispose()
    {
        foreach (Incoming body in _bodies.Values)
        {
            body.Decoder?.Dispose();
        }

        _bodies.Clear();
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
        if (_bodies.Remove(id, out Incoming? body))
        {
            body.Decoder?.Dispose();
        }
    }

    /// <summary>One of them.</summary>
    private sealed class Incoming(int codings, BodyDecoder? decoder)
    {
        internal int Codings => codings;

        internal BodyDecoder? Decoder => decoder;

        /// <summary>The next piece has been asked for and has not come yet.</summary>
        internal bool IsAsked { get; set; }
    }
}
