using Ocap.Daemon.Params;
using Ocap.Daemon.Server;
using Ocap.Kernel.Refs;
using Ocap.Rpc;

namespace Ocap.Daemon.Methods;

/// <summary>What the methods on one kernel reference share: <c>{kref}</c>.</summary>
internal static class KRefMethod
{
    internal static readonly ObjectShape Shape = new(new Field("kref", IdShape.KRef));

    internal static RpcMethod Create(string name, Action<RpcCall, KRef> run) => new(name, Shape, (call, parameters) =>
    {
        string text = parameters.GetProperty("kref").GetString()!;
        if (KRef.TryParse(text, out KRef kref))
        {
            run(call, kref);
        }
        else
        {
            call.Fail(RpcErrorCode.InternalError, NotAKRef(text));
        }
    });

    /// <summary>For what has the form of a reference but is none, <c>ko007</c>.</summary>
    internal static string NotAKRef(string text) => $"not a valid KRef: {Ocap.Marshal.SmallcapsText.QuoteJson(text)}";
}
