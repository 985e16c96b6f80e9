using Ocap.Daemon.Params;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>clearState</c>: ends everything and empties the store, identity apart.</summary>
internal static class ClearState
{
    internal static RpcMethod Create(RpcServices services) =>
        new("clearState", NothingShape.Instance, (call, _) => services.Kernel.ClearState(call.Finish));
}
