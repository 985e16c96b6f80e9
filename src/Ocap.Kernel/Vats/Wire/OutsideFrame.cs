using Ocap.Kernel.Outside;

namespace Ocap.Kernel.Vats.Wire;

/// <summary>What a vat asks of the outside world, and what comes of it, as parts of frames.</summary>
internal static class OutsideFrame
{
    private const byte Timer = 1, Fetch = 2, Continue = 3, File = 4, Access = 5, Cancel = 6;
    private const byte Fired = 1, Head = 2, Piece = 3, End = 4, Content = 5, Accessible = 6, Failure = 7;

    internal static void Write(FrameWriter writer, IReadOnlyList<OutsideRequest> requests)
    {
        writer.Number(requests.Count);
        foreach (OutsideRequest request in requests)
        {
            Write(writer, request);
        }
    }

    internal static OutsideRequest[] ReadRequests(ref FrameReader reader)
    {
        var requests = new OutsideRequest[reader.Count()];
        for (int i = 0; i < requests.Length; i++)
        {
            requests[i] = reader.Tag() switch
            {
                Timer => new StartTimer(reader.Number(), reader.Number(), reader.Flag()),
                Fetch => new StartFetch(reader.Number(), reader.Text(), reader.Text(), reader.Pairs(), reader.Flag() ? (ReadOnlyMemory<byte>?)reader.Bytes().ToArray() : null, reader.Text()),
                Continue => new ContinueFetch(reader.Number()) { HasRest = reader.Flag() },
                File => new ReadFile(reader.Number(), reader.Text()),
                Access => new AccessFile(reader.Number(), reader.Text(), (int)reader.Number()),
                Cancel => new CancelRequest(reader.Number()),
                byte other => throw new FrameException($"unknown request to the outside {other}"),
            };
        }

        return requests;
    }

    internal static void Write(FrameWriter writer, DeliverOutside delivery)
    {
        writer.Number(delivery.Id);
        switch (delivery.Event)
        {
            case TimerFired:
                writer.Tag(Fired);
                break;
            case ResponseHead head:
                writer.Tag(Head);
                writer.Number(head.Status);
                writer.Text(head.StatusText);
                writer.Text(head.Url);
                writer.Flag(head.IsRedirected);
                writer.Pairs(head.Headers);
                writer.Texts(head.Codings);
                break;
            case BodyPiece piece:
                writer.Tag(Piece);
                writer.Bytes(piece.Bytes.Span);
                break;
            case BodyEnd:
                writer.Tag(End);
                break;
            case FileContent content:
                writer.Tag(Content);
                writer.Bytes(content.Bytes.Span);
                break;
            case FileAccessible:
                writer.Tag(Accessible);
                break;
            case OutsideFailure failure:
                writer.Tag(Failure);
                writer.Text(failure.Kind);
                writer.Text(failure.Message);
                writer.OptionalText(failure.Code);
                break;
            default:
                throw new KernelInvariantException($"no frame for event {delivery.Event.GetType().Name}");
        }
    }

    internal static DeliverOutside ReadDelivery(ref FrameReader reader) => new(reader.Number(), reader.Tag() switch
    {
        Fired => new TimerFired(),
        Head => new ResponseHead((int)reader.Number(), reader.Text(), reader.Text(), reader.Flag(), reader.Pairs()) { Codings = reader.Texts() },
        Piece => new BodyPiece(reader.Bytes().ToArray()),
        End => new BodyEnd(),
        Content => new FileContent(reader.Bytes().ToArray()),
        Accessible => new FileAccessible(),
        Failure => new OutsideFailure(reader.Text(), reader.Text(), reader.OptionalText()),
        byte other => throw new FrameException($"unknown event {other}"),
    });

    private static void Write(FrameWriter writer, OutsideRequest request)
    {
        switch (request)
        {
            case StartTimer timer:
                writer.Tag(Timer);
                writer.Number(timer.Id);
                writer.Number(timer.Milliseconds);
                writer.Flag(timer.Repeats);
                break;
            case StartFetch fetch:
                writer.Tag(Fetch);
                writer.Number(fetch.Id);
                writer.Text(fetch.Method);
                writer.Text(fetch.Url);
                writer.Pairs(fetch.Headers);
                writer.Flag(fetch.Body is not null);
                if (fetch.Body is { } body)
                {
                    writer.Bytes(body.Span);
                }

                writer.Text(fetch.Redirect);
                break;
            case ContinueFetch next:
                writer.Tag(Continue);
                writer.Number(next.Id);
                writer.Flag(next.HasRest);
                break;
            case ReadFile file:
                writer.Tag(File);
                writer.Number(file.Id);
                writer.Text(file.Path);
                break;
            case AccessFile access:
                writer.Tag(Access);
                writer.Number(access.Id);
                writer.Text(access.Path);
                writer.Number(access.Mode);
                break;
            case CancelRequest:
                writer.Tag(Cancel);
                writer.Number(request.Id);
                break;
            default:
                throw new KernelInvariantException($"no frame for request {request.GetType().Name}");
        }
    }
}
