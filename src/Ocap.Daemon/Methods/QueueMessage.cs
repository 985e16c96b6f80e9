using Ocap.Daemon.Params;
using Ocap.Daemon.Server;
using Ocap.Kernel.Api;
using Ocap.Kernel.Refs;
using Ocap.Marshal;
using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary><c>queueMessage [kref, method, args]</c>: sends a message; answers when its result settles, whenever that is (spec/rpc.md §4.3).</summary>
internal static class QueueMessage
{
    private static readonly TupleShape Shape = new(IdShape.KRef, TextShape.Instance, new ListShape(element: null));

    private const string Unread = "The message was delivered, but its result was dropped: too many results have not been read yet. Read answers while you send";

    internal static RpcMethod Create(RpcServices services) => new("queueMessage", Shape, (call, parameters) =>
    {
        string target = parameters[0].GetString()!;
        if (KRef.TryParse(target, out KRef kref))
        {
            CapData methargs = JsonToSmallcaps.Methargs(parameters[1].GetString()!, parameters[2]);
            services.Kernel.QueueMessage(kref, methargs, answer => call.Attempt(() => Settle(call, answer)));
        }
        else
        {
            call.Fail(RpcErrorCode.InternalError, KRefMethod.NotAKRef(target));
        }
    })
    {
        WhenStopped = "The daemon is stopping and did not wait for this call. What it sent is kept and goes on at the next start.",
    };

    private static void Settle(RpcCall call, Answer<Settlement> answer)
    {
        if (answer.IsOk && !call.TryHold(sizeof(char) * (long)answer.Value!.Value.Body.Length))
        {
            call.Fail(RpcErrorCode.InternalError, Unread);
        }
        else if (answer.IsOk && answer.Value!.Rejected)
        {
            CapData reason = answer.Value.Value;
            call.Fail(RpcErrorCode.InternalError, Message(reason), reason);
        }
        else
        {
            call.Finish(answer, static (json, settlement) => Results.Write(json, settlement.Value));
        }
    }

    private static string Message(CapData reason)
    {
        if (SmallcapsError.TryRead(reason, out _, out string? message))
        {
            return message;
        }

        try
        {
            return $"Rejected with {Prettifier.Prettify(reason)}";
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidOperationException)
        {
            return $"Rejected with {reason.Body}";
        }
    }
}
