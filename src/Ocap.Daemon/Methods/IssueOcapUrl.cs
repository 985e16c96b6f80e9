using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary><c>issueOcapURL {kref}</c>: needs OCAP URLs, which this version does not have.</summary>
internal static class IssueOcapUrl
{
    internal static RpcMethod Create() => KRefMethod.Create("issueOcapURL", static (call, _) =>
        call.Fail(RpcErrorCode.InternalError, "OCAP URLs are not available in this version: no URL was issued. Address the object by its kref."));
}
