using Ocap.Daemon.Params;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>terminateAllVats</c>: ends all vats.</summary>
internal static class TerminateAllVats
{
    internal static RpcMethod Create(RpcServices services) =>
        new("terminateAllVats", NothingShape.Instance, (call, _) => services.Kernel.TerminateAllVats(call.Finish));
}
