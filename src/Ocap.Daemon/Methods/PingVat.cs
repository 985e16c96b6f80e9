using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>pingVat {id}</c>: answers <c>"pong"</c> when the vat is running.</summary>
internal static class PingVat
{
    internal static RpcMethod Create(RpcServices services) => VatMethod.Create("pingVat", (call, vat) =>
        services.Kernel.PingVat(vat, answer => call.Finish(answer, static (json, _) => json.WriteStringValue("pong"u8))));
}
