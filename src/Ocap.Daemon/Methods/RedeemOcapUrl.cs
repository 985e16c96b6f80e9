using Ocap.Daemon.Params;
using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary><c>redeemOcapURL {url}</c>: needs remote communications, which this version does not have.</summary>
internal static class RedeemOcapUrl
{
    private static readonly ObjectShape Shape = new(new Field("url", TextShape.Instance));

    internal static RpcMethod Create() => new("redeemOcapURL", Shape, static (call, _) =>
        call.Fail(RpcErrorCode.InternalError, "Remote comms not initialized"));
}
