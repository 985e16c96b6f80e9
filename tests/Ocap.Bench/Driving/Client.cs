using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Ocap.Bench.Driving;

/// <summary>One connection to a daemon that does as little as possible itself: requests are bytes made beforehand, answers are counted lines.</summary>
internal sealed class Client : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly MemoryStream _rest = new();

    internal Client(string socketPath) => _socket.Connect(new UnixDomainSocketEndPoint(socketPath));

    /// <summary>The line of a request.</summary>
    internal static byte[] Line(string method, string parameters = "[]") =>
        Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{method}\",\"params\":{parameters}}}\n");

    /// <summary>Sends one request and waits for its result.</summary>
    internal JsonElement Call(string method, string parameters = "[]")
    {
        _socket.Send(Line(method, parameters));
        _rest.SetLength(0);
        while (true)
        {
            int got = Receive();
            _rest.Write(_buffer, 0, got);
            if (_buffer[got - 1] == (byte)'\n')
            {
                break;
            }
        }

        using JsonDocument answer = JsonDocument.Parse(_rest.ToArray());
        return answer.RootElement.TryGetProperty("result", out JsonElement result)
            ? result.Clone()
            : throw new InvalidOperationException($"{method} {parameters} was answered with {answer.RootElement}");
    }

    /// <summary>Sends the same request so many times, at most so many at once, and waits for all answers.</summary>
    internal void Repeat(byte[] line, int times, int inFlight)
    {
        byte[] burst = new byte[line.Length * Math.Min(inFlight, times)];
        for (int at = 0; at < burst.Length; at += line.Length)
        {
            line.CopyTo(burst, at);
        }

        int sent = Math.Min(inFlight, times);
        _socket.Send(burst);
        for (int answered = 0; answered < times;)
        {
            ReadOnlySpan<byte> got = _buffer.AsSpan(0, Receive());
            if (got.IndexOf("\"error\":"u8) is >= 0 and int at)
            {
                throw new InvalidOperationException($"A request failed: {Encoding.UTF8.GetString(got[at..])}");
            }

            int lines = got.Count((byte)'\n');
            answered += lines;
            int next = Math.Min(lines, times - sent);
            if (next > 0)
            {
                _socket.Send(burst.AsSpan(0, next * line.Length));
                sent += next;
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _rest.Dispose();
    }

    private int Receive()
    {
        int got = _socket.Receive(_buffer);
        return got > 0 ? got : throw new InvalidOperationException("The daemon closed the connection.");
    }
}
