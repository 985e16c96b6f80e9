using Ocap.Daemon.Params;
using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary><c>initRemoteComms {relays?, …}</c>: remote communications, which this version does not have.</summary>
internal static class InitRemoteComms
{
    private static readonly ListShape Texts = new(TextShape.Instance);

    private static readonly ObjectShape Shape = new(
        new Field("relays", Texts, IsOptional: true),
        new Field("directListenAddresses", Texts, IsOptional: true),
        new Field("maxRetryAttempts", new IntegerShape(0), IsOptional: true),
        new Field("maxQueue", new IntegerShape(0), IsOptional: true),
        new Field("maxUrlRelayHints", new IntegerShape(1), IsOptional: true),
        new Field("maxKnownRelays", new IntegerShape(1), IsOptional: true),
        new Field("allowedWsHosts", Texts, IsOptional: true));

    internal static RpcMethod Create() => new("initRemoteComms", Shape, static (call, _) =>
        call.Fail(RpcErrorCode.InternalError, "Remote communications are not available in this version: the kernel reaches its own vats only."));
}
