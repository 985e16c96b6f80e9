using Ocap.Daemon.Server;

namespace Ocap.Daemon.Methods;

/// <summary><c>issueOcapURL {kref}</c>: a URL by which an object can be named from elsewhere. The object stays from now on.</summary>
internal static class IssueOcapUrl
{
    internal static RpcMethod Create(RpcServices services) => KRefMethod.Create("issueOcapURL", (call, kref) =>
        services.Kernel.IssueOcapUrl(kref, answer => call.Finish(answer, static (json, url) => json.WriteStringValue(url))));
}
