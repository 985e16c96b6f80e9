using Ocap.Daemon.Log;
using Ocap.Daemon.Params;
using Ocap.Daemon.Query;
using Ocap.Daemon.Server;
using Ocap.Rpc;
using Ocap.Rpc.Framing;

namespace Ocap.Daemon.Methods;

/// <summary><c>executeDBQuery {sql}</c>: rows of one reading statement, as of everything committed before it.</summary>
internal static class ExecuteDbQuery
{
    private static readonly ObjectShape Shape = new(new Field("sql", TextShape.Instance));

    internal static RpcMethod Create(RpcServices services, ServerLimits limits, DaemonLog log)
    {
        var queries = new QueryQueue(services.Query, new ByteBudget(limits.UnreadQueryBytes), log);
        return new RpcMethod("executeDBQuery", Shape, (call, parameters) =>
        {
            call.MarkLarge();
            string sql = parameters.GetProperty("sql").GetString()!;
            services.Kernel.Sync(synced =>
            {
                if (synced.IsOk)
                {
                    queries.Add(call, sql);
                }
                else
                {
                    call.Fail(RpcErrorCode.InternalError, synced.Failure!);
                }
            });
        });
    }
}
