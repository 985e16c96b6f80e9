using Ocap.Daemon.Params;
using Ocap.Daemon.Server;
using Ocap.Kernel.Refs;
using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary><c>terminateSubcluster {id}</c>: ends all vats of a subcluster.</summary>
internal static class TerminateSubcluster
{
    private static readonly ObjectShape Shape = new(new Field("id", IdShape.SubclusterId));

    internal static RpcMethod Create(RpcServices services) => new("terminateSubcluster", Shape, (call, parameters) =>
    {
        if (SubclusterId.TryParse(parameters.GetProperty("id").GetString(), out SubclusterId id))
        {
            services.Kernel.TerminateSubcluster(id, call.Finish);
        }
        else
        {
            call.Fail(RpcErrorCode.InternalError, "Subcluster does not exist.");
        }
    });
}
