using Ocap.Daemon.Params;
using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>redeemOcapURL {url}</c>: the kref of what a URL of this kernel names (spec/rpc.md §4.4).</summary>
internal static class RedeemOcapUrl
{
    private static readonly ObjectShape Shape = new(new Field("url", TextShape.Instance));

    internal static RpcMethod Create(RpcServices services) => new("redeemOcapURL", Shape, (call, parameters) =>
        services.Kernel.RedeemOcapUrl(parameters.GetProperty("url").GetString()!, answer => call.Finish(answer, static (json, kref) => json.WriteStringValue(kref.ToString()))));
}
