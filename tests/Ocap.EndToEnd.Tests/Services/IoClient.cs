using System.Net.Sockets;
using System.Text;

namespace Ocap.EndToEnd.Tests.Services;

/// <summary>A client of a vat's IO channel.</summary>
internal sealed class IoClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private IoClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, new UTF8Encoding(false));
    }

    internal static IoClient Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new IoClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal async Task SendAsync(string line) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n")).AsTask().WaitAsync(Patience);

    /// <summary>The next line, or null when the connection has ended.</summary>
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

    internal async Task<string?> AskAsync(string line)
    {
        await SendAsync(line);
        return await LineAsync();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}
