using System.Text.Json;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Client;

/// <summary>An answer line, taken apart: a result as the JSON it came as, or an error.</summary>
/// <param name="Result">JSON text; empty with an error.</param>
/// <param name="Error">Null with a result.</param>
internal sealed record RpcReply(ReadOnlyMemory<byte> Result, RpcFailure? Error)
{
    private const int MaxDepth = 1_000_000;

    /// <exception cref="DaemonException">It is not a JSON-RPC response.</exception>
    internal static RpcReply Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isResult = json.ValueTextEquals("result"u8);
                bool isError = json.ValueTextEquals("error"u8);
                json.Read();
                if (isError && json.TokenType == JsonTokenType.StartObject)
                    return new RpcReply(default, RpcFailure.Read(ref json));
                int start = (int)json.TokenStartIndex;
                json.Skip();
                if (isResult)
                    return new RpcReply(line[start..(int)json.BytesConsumed], null);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            // Said below, with every other answer that is none.
        }
        throw new DaemonException("What listens on the daemon's socket does not answer in JSON-RPC. Is OCAP_SOCKET_PATH right?");
    }
}

/// <summary>The error of an answer.</summary>
internal sealed record RpcFailure(long Code, string Message)
{
    internal static RpcFailure Read(ref Utf8JsonReader json)
    {
        long code = 0;
        string message = "";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = json.ValueTextEquals("code"u8);
            bool isMessage = json.ValueTextEquals("message"u8);
            json.Read();
            if (isCode)
                code = json.GetInt64();
            else if (isMessage)
                message = json.GetString() ?? "";
            else
                json.Skip();
        }
        return new RpcFailure(code, message);
    }
}
