using Ocap.Kernel.Outside;
using Ocap.Vats.Endowments.Fetch;
using Ocap.Vats.Endowments.Fetch.Decoding;

namespace Ocap.Vats.Tests.Endowments;

/// <summary>What a vat's code is told of a compressed body that it reads to its end, with the test in the daemon's place.</summary>
internal sealed class CodedBody
{
    private readonly List<byte> _bytes = [];

    private CodedBody()
    {
    }

    internal byte[] Bytes => [.. _bytes];

    internal OutsideFailure? Failure { get; private set; }

    /// <summary>Pieces that were asked of the server.</summary>
    internal int PiecesRead { get; private set; }

    internal int LargestPiece { get; private set; }

    internal int Cranks { get; private set; }

    /// <summary>The daemon was told that nothing more is wanted.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <param name="codings">In the order in which they were put on, with commas.</param>
    /// <param name="sent">What the server sends.</param>
    /// <param name="limits">How much may come out.</param>
    /// <param name="piece">Bytes that come at once.</param>
    /// <param name="asksTwice">The vat's code has always two reads waiting.</param>
    internal static CodedBody Of(string codings, byte[] sent, DecodingLimits? limits = null, int piece = 65536, bool asksTwice = false) => EndowedVat.Run("", vat =>
    {
        var heard = new CodedBody();
        heard.Read(vat, codings.Split(", "), sent, limits ?? DecodingLimits.Default, piece, asksTwice);
        return heard;
    });

    private void Read(EndowedVat vat, string[] codings, byte[] sent, DecodingLimits limits, int pieceBytes, bool asksTwice)
    {
        using var bodies = new IncomingBodies(vat.Desk, limits);
        List<OutsideEvent> told = [];
        long id = vat.Desk.Ask(static id => new StartFetch(id, "GET", "http://allowed.test/", [], null, "follow"), (id, happening) => told.AddRange(bodies.Told(id, happening)));
        vat.Happens(id, new ResponseHead(200, "OK", "http://allowed.test/", false, []) { Codings = codings });
        vat.Asked();
        int at = 0;
        bool isOver = false;
        Queue<OutsideRequest> asked = [];
        while (!isOver)
        {
            for (int i = asked.Count; i < (asksTwice ? 2 : 1); i++)
            {
                bodies.Continue(id);
                asked.Enqueue(vat.Asked().Single());
            }

            told.Clear();
            Cranks++;
            vat.Happens(id, Next((ContinueFetch)asked.Dequeue()));
            foreach (OutsideRequest request in vat.Asked())
            {
                IsGivenUp |= request is CancelRequest;
                if (request is ContinueFetch)
                {
                    asked.Enqueue(request);
                }
            }

            isOver = Hear(told);
        }

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
