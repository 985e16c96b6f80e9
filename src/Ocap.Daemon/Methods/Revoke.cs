using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>revoke {kref}</c>: nobody reaches the object any more, for good.</summary>
internal static class Revoke
{
    internal static RpcMethod Create(RpcServices services) => KRefMethod.Create("revoke", (call, kref) => services.Kernel.Revoke(kref, call.Finish));
}
