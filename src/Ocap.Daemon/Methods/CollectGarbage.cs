using Ocap.Daemon.Params;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>collectGarbage</c>: cleans up after ended vats and collects what nobody holds.</summary>
internal static class CollectGarbage
{
    internal static RpcMethod Create(RpcServices services) =>
        new("collectGarbage", NothingShape.Instance, (call, _) => services.Kernel.CollectGarbage(call.Finish));
}
