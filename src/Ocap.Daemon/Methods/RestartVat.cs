using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>restartVat {id}</c>: the vat begins again from its bundle and its baggage.</summary>
internal static class RestartVat
{
    internal static RpcMethod Create(RpcServices services) => VatMethod.Create("restartVat", (call, vat) => services.Kernel.RestartVat(vat, call.Finish));
}
