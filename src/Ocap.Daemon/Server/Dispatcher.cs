using System.Text.Json;
using Ocap.Daemon.Log;
using Ocap.Daemon.Methods;
using Ocap.Daemon.Params;
using Ocap.Rpc;
using Ocap.Rpc.Requests;
using Ocap.Rpc.Text;

namespace Ocap.Daemon.Server;

/// <summary>From a line to a running method (spec/rpc.md §2). Everything that can be wrong with a line is answered here.</summary>
internal sealed class Dispatcher(MethodTable methods, ServerLimits limits, DaemonLog log)
{
    private const int LongestId = 64 * 1024;

    private static readonly byte[] NullId = "null"u8.ToArray();

    /// <summary>Starts the requests of one line. When this returns, the kernel has been asked, and the line is no longer needed.</summary>
    internal void Start(Connection connection, ReadOnlyMemory<byte> line)
    {
        if (!System.Text.Unicode.Utf8.IsValid(line.Span))
        {
            connection.Begin(NullId, batch: null).Fail(RpcErrorCode.ParseError, "Request is not valid UTF-8");
            return;
        }

        try
        {
            if (RequestLine.IsBatch(line.Span))
            {
                StartBatch(connection, RequestLine.SplitBatch(line, limits.BatchRequests));
            }
            else
            {
                StartOne(connection, RequestEnvelope.Read(line), batch: null);
            }
        }
        catch (JsonException)
        {
            connection.Begin(NullId, batch: null).Fail(RpcErrorCode.ParseError, JsonComplaint.About(line.Span));
        }
    }

    private void StartBatch(Connection connection, List<ReadOnlyMemory<byte>>? requests)
    {
        if (requests is null)
        {
            connection.Begin(NullId, batch: null).Fail(RpcErrorCode.InvalidRequest, $"Invalid request: a batch takes at most {limits.BatchRequests} requests");
            return;
        }

        if (requests.Count == 0)
        {
            connection.Begin(NullId, batch: null).Fail(RpcErrorCode.InvalidRequest, "Invalid request: empty batch");
            return;
        }

        // Every request is given its place before the first one starts: an answer may come at once.
        var batch = new RpcBatch(requests.Count);
        var started = new List<(RpcCall Call, RequestEnvelope Request)>(requests.Count);
        foreach (ReadOnlyMemory<byte> text in requests)
        {
            RequestEnvelope request = RequestEnvelope.Read(text);
            started.Add((Begin(connection, request, batch), request));
        }

        foreach ((RpcCall call, RequestEnvelope request) in started)
        {
            Run(call, request);
        }
    }

    private void StartOne(Connection connection, in RequestEnvelope request, RpcBatch? batch) => Run(Begin(connection, request, batch), request);

    private static RpcCall Begin(Connection connection, in RequestEnvelope request, RpcBatch? batch)
    {
        bool isNotification = request.IsNotification && request.HasMethod;
        byte[]? id = isNotification ? null : request.Id.Length is 0 or > LongestId ? NullId : request.Id.ToArray();
        return connection.Begin(id, batch);
    }

    private void Run(RpcCall call, in RequestEnvelope request)
    {
        if (!request.HasMethod)
        {
            call.Fail(RpcErrorCode.InvalidRequest, "Invalid request: missing method");
        }
        else if (request.Id.Length > LongestId)
        {
            call.Fail(RpcErrorCode.InvalidRequest, $"Invalid request: the id is longer than {LongestId} bytes");
        }
        else if (methods.Find(request.Method.Span) is not { } method)
        {
            call.Fail(RpcErrorCode.MethodNotFound, "The method does not exist / is not available.");
        }
        else if (request.ParamsDepth > limits.ParamsDepth)
        {
            call.Fail(RpcErrorCode.InvalidParams, $"Invalid params: nested more than {limits.ParamsDepth} levels deep");
        }
        else if (request.HasUnpairedSurrogate)
        {
            call.Fail(RpcErrorCode.InvalidParams, "Invalid params: a string holds half a surrogate pair, which is not Unicode text");
        }
        else
        {
            Run(call, method, request.Params);
        }
    }

    private void Run(RpcCall call, RpcMethod method, ReadOnlyMemory<byte> text)
    {
        call.WhenStopped = method.WhenStopped;
        try
        {
            using JsonDocument? document = text.IsEmpty ? null : JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = limits.ParamsDepth + 1 });
            JsonElement parameters = document?.RootElement ?? JsonConstants.EmptyArray;
            if (method.Params.Complaint(parameters) is { } complaint)
            {
                call.Fail(RpcErrorCode.InvalidParams, "Invalid params: " + complaint);
            }
            else
            {
                method.Run(call, parameters);
            }
        }
        catch (Exception e)
        {
            log.Error($"The method {method.Name} failed.", LoggedException.Describe(e));
            call.Fail(RpcErrorCode.InternalError, "Internal error");
        }
    }
}
