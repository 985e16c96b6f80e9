using System.Buffers.Text;
using System.Text.Json;
using Ocap.Daemon.Log;
using Ocap.Kernel.Api;
using Ocap.Marshal;
using Ocap.Rpc;

namespace Ocap.Daemon.Server;

/// <summary>
/// One request that is being answered. The first of <see cref="Succeed"/> and <see cref="Fail"/> counts, from whatever thread it comes; both return at once.
/// The answer is put into words later, by whoever sends it, so that the kernel's thread does not.
/// </summary>
internal sealed class RpcCall : IOutput
{
    private readonly Connection _connection;
    private readonly byte[]? _id;
    private int _settled;
    private Action<Utf8JsonWriter>? _result;
    private bool _isLarge;
    private long _held;
    private int _code;
    private string? _message;
    private CapData? _data;
    private Action? _afterwards;

    /// <summary>A call that has just begun.</summary>
    /// <param name="connection">Where it came from.</param>
    /// <param name="id">JSON text of its id; null for a notification, which is not answered.</param>
    /// <param name="batch">The batch that it belongs to.</param>
    internal RpcCall(Connection connection, byte[]? id, RpcBatch? batch)
    {
        _connection = connection;
        _id = id;
        Batch = batch;
    }

    internal RpcBatch? Batch { get; }

    /// <summary>What is answered when the daemon stops before it is.</summary>
    internal string WhenStopped { get; set; } = "";

    internal bool IsNotification => _id is null;

    /// <summary>Neighbours among the running calls of the connection; guarded by it.</summary>
    internal RpcCall? Previous { get; set; }

    internal RpcCall? Next { get; set; }

    /// <summary>Says that the answer may be large: the connection is read no further while several such calls are unfinished.</summary>
    internal void MarkLarge()
    {
        _isLarge = true;
        _connection.LargeBegun();
    }

    /// <summary>Says how much memory the result takes until the client has read it. False when too much waits for this client, or for all: then it must not be kept.</summary>
    internal bool TryHold(long bytes)
    {
        if (!_connection.TryHold(bytes))
        {
            return false;
        }

        _held = bytes;
        return true;
    }

    /// <summary>Answers with a result.</summary>
    /// <param name="result">Writes one JSON value, later and on another thread.</param>
    /// <param name="afterwards">Called once, when the answer has been sent or can no longer be.</param>
    internal void Succeed(Action<Utf8JsonWriter> result, Action? afterwards = null)
    {
        if (!TrySettle())
        {
            afterwards?.Invoke();
            return;
        }

        _result = result;
        _afterwards = afterwards;
        _connection.Settled(this);
    }

    /// <summary>Answers with an error.</summary>
    internal void Fail(int code, string message, CapData? data = null)
    {
        if (TrySettle())
        {
            _code = code;
            _message = message;
            _data = data;
            _connection.Settled(this);
        }
    }

    /// <summary>Does what is to answer it, on the kernel's thread. When that breaks, the call is answered so, and the kernel goes on.</summary>
    internal void Attempt(Action settle)
    {
        try
        {
            settle();
        }
        catch (Exception e)
        {
            _connection.Log.Error("An answer could not be made.", LoggedException.Describe(e));
            Fail(RpcErrorCode.InternalError, "Internal error");
        }
    }

    /// <summary>Answers null, or the kernel's failure.</summary>
    internal void Finish(Answer<Done> answer)
    {
        if (answer.IsOk)
        {
            Succeed(Results.Null);
        }
        else
        {
            Fail(RpcErrorCode.InternalError, answer.Failure!);
        }
    }

    /// <summary>Answers what <paramref name="result"/> makes of a value, or the kernel's failure.</summary>
    internal void Finish<T>(Answer<T> answer, Action<Utf8JsonWriter, T> result)
    {
        if (answer.IsOk)
        {
            Succeed(writer => result(writer, answer.Value!));
        }
        else
        {
            Fail(RpcErrorCode.InternalError, answer.Failure!);
        }
    }

    public void WriteTo(AnswerWriter writer)
    {
        int start = writer.Bytes.Count;
        WriteHead(writer, _id);
        if (_result is null)
        {
            WriteError(writer, _code, _message!, _data);
            return;
        }

        try
        {
            writer.Bytes.Write(",\"result\":"u8);
            writer.WriteJson(_result);
            writer.Bytes.Write("}"u8);
        }
        catch (Exception e)
        {
            _connection.Log.Error("An answer could not be written.", LoggedException.Describe(e));
            writer.Bytes.TruncateTo(start);
            WriteHead(writer, _id);
            WriteError(writer, RpcErrorCode.InternalError, "Internal error", data: null);
        }
    }

    public void Dispose()
    {
        _afterwards?.Invoke();
        if (_held > 0)
        {
            _connection.LetGo(_held);
        }

        if (_isLarge)
        {
            _connection.LargeDone();
        }
    }

    private static void WriteHead(AnswerWriter writer, byte[]? id)
    {
        writer.Bytes.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        writer.Bytes.Write(id ?? "null"u8);
    }

    private static void WriteError(AnswerWriter writer, int code, string message, CapData? data)
    {
        writer.Bytes.Write(",\"error\":{\"code\":"u8);
        Utf8Formatter.TryFormat(code, writer.Bytes.GetSpan(11), out int digits);
        writer.Bytes.Advance(digits);
        writer.Bytes.Write(",\"message\":"u8);
        writer.WriteText(message);
        if (data is not null)
        {
            writer.Bytes.Write(",\"data\":"u8);
            writer.WriteJson(json => Results.Write(json, data));
        }

        writer.Bytes.Write("}}"u8);
    }

    private bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;
}
