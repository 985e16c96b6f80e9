using System.Net.Sockets;
using System.Text;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A connection on which the test chooses every byte.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private RawConnection(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, new UTF8Encoding(false));
    }

    internal static async Task<RawConnection> OpenAsync(string socketPath)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath));
        return new RawConnection(socket);
    }

    /// <summary>One write, as it stands.</summary>
    internal ValueTask WriteAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>The next line, or null at the end of the connection.</summary>
    internal async Task<string?> ReadLineAsync()
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        return await _reader.ReadLineAsync(late.Token);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}
