using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>terminateVat {id}</c>: ends a vat.</summary>
internal static class TerminateVat
{
    internal static RpcMethod Create(RpcServices services) => VatMethod.Create("terminateVat", (call, vat) => services.Kernel.TerminateVat(vat, call.Finish));
}
