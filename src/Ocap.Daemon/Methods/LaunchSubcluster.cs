using System.Text.Json;
using Ocap.Daemon.Params;
using Ocap.Daemon.Server;
using Ocap.Kernel.Api;
using Ocap.Kernel.Subclusters;

namespace Ocap.Daemon.Methods;

/// <summary><c>launchSubcluster {config}</c>: starts a configuration's vats; answers when its bootstrap has settled (spec/rpc.md §4.2).</summary>
internal static class LaunchSubcluster
{
    private static readonly ObjectShape Shape = new(new Field("config", ClusterConfigShape.Instance));

    internal static RpcMethod Create(RpcServices services, ServerLimits limits) => new("launchSubcluster", Shape, (call, parameters) =>
    {
        using JsonDocument document = PlainJson.Normalize(parameters.GetProperty("config"), limits.ParamsDepth + 1);
        services.Kernel.LaunchSubcluster(ClusterConfig.Parse(document.RootElement), answer => call.Finish(answer, Write));
    })
    {
        WhenStopped = "The daemon is stopping; the subcluster was not launched.",
    };

    private static void Write(Utf8JsonWriter json, LaunchResult result)
    {
        json.WriteStartObject();
        json.WriteString("subclusterId"u8, result.Subcluster.ToString());
        json.WriteString("rootKref"u8, result.Root.ToString());
        json.WritePropertyName("bootstrapResult"u8);
        Results.Write(json, result.BootstrapResult);
        json.WriteEndObject();
    }
}
