using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>isRevoked {kref}</c>: whether the object has been revoked; false for unknown ones.</summary>
internal static class IsRevoked
{
    internal static RpcMethod Create(RpcServices services) => KRefMethod.Create("isRevoked", (call, kref) =>
        services.Kernel.IsRevoked(kref, answer => call.Finish(answer, static (json, isRevoked) => json.WriteBooleanValue(isRevoked))));
}
