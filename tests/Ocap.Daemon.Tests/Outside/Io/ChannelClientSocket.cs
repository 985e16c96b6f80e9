using System.Net.Sockets;
using System.Text;

namespace Ocap.Daemon.Tests.Outside.Io;

/// <summary>A client of a channel.</summary>
internal sealed class ChannelClientSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    internal ChannelClientSocket(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _stream = new NetworkStream(_socket, ownsSocket: true);
        _reader = new StreamReader(_stream, new UTF8Encoding(false));
    }

    internal Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    internal async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    /// <summary>Says that no more comes.</summary>
    internal void EndInput() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next line; null when the connection has ended, however.</summary>
    internal async Task<string?> LineAsync()
    {
        try
        {
            return await _reader.ReadLineAsync().WaitAsync(Patience);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Sends as long as the other side takes it, and says how much it took.</summary>
    internal async Task<long> SendUntilRefusedAsync(long most)
    {
        _socket.Blocking = false;
        byte[] lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 100)));
        long sent = 0;
        for (int pauses = 0; pauses < 20 && sent < most;)
        {
            try
            {
                sent += _socket.Send(lines);
                pauses = 0;
            }
            catch (SocketException full) when (full.SocketErrorCode == SocketError.WouldBlock)
            {
                pauses++;
                await Task.Delay(10);
            }
        }

        _socket.Blocking = true;
        return sent;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}
