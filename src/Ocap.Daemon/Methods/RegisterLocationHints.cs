using Ocap.Daemon.Params;
using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary><c>registerLocationHints {peerId, hints}</c>: needs remote communications, which this version does not have.</summary>
internal static class RegisterLocationHints
{
    private static readonly ObjectShape Shape = new(new Field("peerId", TextShape.Instance), new Field("hints", new ListShape(TextShape.Instance)));

    internal static RpcMethod Create() => new("registerLocationHints", Shape, static (call, _) =>
        call.Fail(RpcErrorCode.InternalError, "Remote comms not initialized"));
}
