using System.Text.Json;
using Ocap.Daemon.Params;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>shutdown</c>: answers, then stops the daemon. Parameters do not matter (spec/rpc.md §5).</summary>
internal static class Shutdown
{
    internal static RpcMethod Create(RpcServices services) =>
        new("shutdown", AnythingShape.Instance, (call, _) => call.Succeed(Write, () => services.RequestShutdown("RPC shutdown")));

    private static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, "shutting down"u8);
        json.WriteEndObject();
    }
}
