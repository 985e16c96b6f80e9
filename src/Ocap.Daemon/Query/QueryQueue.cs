using Ocap.Daemon.Log;
using Ocap.Daemon.Server;
using Ocap.Rpc;
using Ocap.Rpc.Framing;

namespace Ocap.Daemon.Query;

/// <summary>Runs queries one after another, away from the kernel's thread, while there are any.</summary>
/// <param name="query">The database.</param>
/// <param name="unread">What results may hold until clients have read them, in bytes.</param>
/// <param name="log">The daemon's log.</param>
internal sealed class QueryQueue(IDatabaseQuery query, ByteBudget unread, DaemonLog log) : IThreadPoolWorkItem
{
    private readonly Queue<(RpcCall Call, string Sql)> _waiting = new();
    private bool _isRunning;

    internal void Add(RpcCall call, string sql)
    {
        lock (_waiting)
        {
            _waiting.Enqueue((call, sql));
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            (RpcCall Call, string Sql) next;
            lock (_waiting)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _isRunning = false;
                    return;
                }
            }

            Run(next.Call, next.Sql);
        }
    }

    private void Run(RpcCall call, string sql)
    {
        var rows = new PooledBuffer();
        try
        {
            query.Run(sql, rows);
        }
        catch (Exception e)
        {
            rows.Dispose();
            if (e is not DatabaseQueryException)
            {
                log.Error("A query of the database failed.", LoggedException.Describe(e));
            }

            call.Fail(RpcErrorCode.InternalError, e is DatabaseQueryException ? e.Message : "Internal error");
            return;
        }

        int size = rows.Count;
        if (!unread.TryTake(size))
        {
            rows.Dispose();
            call.Fail(RpcErrorCode.InternalError, "Too many query results have not been read yet; read them, then ask again");
            return;
        }

        call.Succeed(json => json.WriteRawValue(rows.Written.Span, skipInputValidation: true), () =>
        {
            rows.Dispose();
            unread.Return(size);
        });
    }
}
