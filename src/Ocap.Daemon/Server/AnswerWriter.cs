using System.Text.Json;
using Ocap.Rpc.Framing;
using Ocap.Rpc.Text;

namespace Ocap.Daemon.Server;

/// <summary>Bytes on their way to one client, and the JSON writer that fills them.</summary>
internal sealed class AnswerWriter : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = StringifyEncoder.Instance, SkipValidation = true, MaxDepth = int.MaxValue };

    private readonly PooledBuffer _bytes = new();
    private readonly Utf8JsonWriter _json;

    internal AnswerWriter() => _json = new Utf8JsonWriter(_bytes, Options);

    internal PooledBuffer Bytes => _bytes;

    /// <summary>Appends one JSON value.</summary>
    internal void WriteJson(Action<Utf8JsonWriter> value)
    {
        _json.Reset(_bytes);
        value(_json);
        _json.Flush();
    }

    /// <summary>Appends one JSON string.</summary>
    internal void WriteText(string text)
    {
        _json.Reset(_bytes);
        _json.WriteStringValue(text);
        _json.Flush();
    }

    public void Dispose()
    {
        _json.Dispose();
        _bytes.Dispose();
    }
}
