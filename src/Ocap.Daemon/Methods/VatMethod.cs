using Ocap.Daemon.Params;
using Ocap.Daemon.Server;
using Ocap.Kernel.Refs;
using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary>What the methods on one vat share.</summary>
internal static class VatMethod
{
    internal static RpcMethod Create(string name, Action<RpcCall, VatId> run) => new(name, VatParams.Instance, (call, parameters) =>
    {
        // v007 has the form of an id, and names no vat.
        if (VatId.TryParse(VatParams.Read(parameters), out VatId id))
        {
            run(call, id);
        }
        else
        {
            call.Fail(RpcErrorCode.InternalError, "Vat does not exist.");
        }
    });
}
