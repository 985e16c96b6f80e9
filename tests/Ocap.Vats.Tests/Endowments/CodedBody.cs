using Ocap.Kernel.Outside;
using Ocap.Vats.Endowments.Fetch;
using Ocap.Vats.Endowments.Fetch.Decoding;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>What a vat's code is told of a compressed body that it reads to its end, with the test in the daemon's place.</summary>
internal sealed class CodedBody
{
    private readonly List<byte> _bytes = [];
    private long _held;

    private CodedBody()
    {
    }

    internal byte[] Bytes => [.. _bytes];

    internal OutsideFailure? Failure { get; private set; }

    /// <summary>Pieces that were asked of the server.</summary>
    internal int PiecesRead { get; private set; }

    internal int LargestPiece { get; private set; }

    internal int Cranks { get; private set; }

    /// <summary>Bytes that the decoders said they hold outside the heap.</summary>
    internal long MostHeld { get; private set; }

    internal long HeldAtTheEnd { get; private set; } = -1;

    /// <summary>The daemon was told that nothing more is wanted.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <param name="codings">In the order in which they were put on, with commas.</param>
    /// <param name="sent">What the server sends.</param>
    /// <param name="limits">How much may come out.</param>
    /// <param name="piece">Bytes that come at once.</param>
    internal static CodedBody Of(string codings, byte[] sent, DecodingLimits? limits = null, int piece = 65536) => EndowedVat.Run("", vat =>
    {
        var heard = new CodedBody();
        heard.Read(vat, codings.Split(", "), sent, limits ?? DecodingLimits.Default, piece);
        return heard;
    });

    private void Read(EndowedVat vat, string[] codings, byte[] sent, DecodingLimits limits, int pieceBytes)
    {
        var bodies = new IncomingBodies(vat.Desk, limits, Hold);
        List<OutsideEvent> told = [];
        long id = vat.Desk.Ask(static id => new StartFetch(id, "GET", "http://allowed.test/", [], null, "follow"), (id, happening) => told.AddRange(bodies.Told(id, happening)));
        vat.Happens(id, new ResponseHead(200, "OK", "http://allowed.test/", false, []) { Codings = codings });
        vat.Asked();
        int at = 0;
        bool isOver = Hear(told);
        List<OutsideRequest> asked = [];
        while (!isOver)
        {
            // What still waits is not asked for again.
            bodies.Continue(id);
            bodies.Continue(id);
            asked.AddRange(vat.Asked());
            told.Clear();
            Cranks++;
            vat.Happens(id, Next((ContinueFetch)asked.Single()));
            asked = [.. vat.Asked()];
            IsGivenUp |= asked.RemoveAll(static request => request is CancelRequest) > 0;
            isOver = Hear(told);
        }

        bodies.Dispose();
        HeldAtTheEnd = _held;

        OutsideEvent Next(ContinueFetch request)
        {
            if (request.HasRest)
            {
                return new BodyPiece(default);
            }

            if (at == sent.Length)
            {
                return new BodyEnd();
            }

            PiecesRead++;
            int length = Math.Min(pieceBytes, sent.Length - at);
            at += length;
            return new BodyPiece(sent.AsMemory(at - length, length));
        }
    }

    private void Hold(long bytes)
    {
        _held += bytes;
        MostHeld = Math.Max(MostHeld, _held);
    }

    /// <summary>True when it was the last.</summary>
    private bool Hear(List<OutsideEvent> told)
    {
        foreach (OutsideEvent happening in told)
        {
            if (happening is BodyPiece piece)
            {
                LargestPiece = Math.Max(LargestPiece, piece.Bytes.Length);
                _bytes.AddRange(piece.Bytes.Span);
            }

            Failure = happening as OutsideFailure;
        }

        return told is [.., { IsLast: true }];
    }
}
