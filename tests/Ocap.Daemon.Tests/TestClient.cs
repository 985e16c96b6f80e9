using System.Net.Sockets;
using System.Text;

namespace Ocap.Daemon.Tests;

/// <summary>A client that sends what it is told, byte by byte if need be.</summary>
internal sealed class TestClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<byte> _received = [];
    private readonly byte[] _chunk = new byte[64 * 1024];
    private int _read;

    internal TestClient(string path)
    {
        Socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Socket.Connect(new UnixDomainSocketEndPoint(path));
    }

    internal Socket Socket { get; }

    internal Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    internal async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await Socket.SendAsync(bytes, SocketFlags.None, patience.Token)..];
        }
    }

    /// <summary>Says that nothing more will be sent.</summary>
    internal void EndInput() => Socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next line; null when the server has closed.</summary>
    internal async Task<string?> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        int searched = _read;
        while (true)
        {
            int newline = _received.IndexOf((byte)'\n', searched);
            if (newline >= 0)
            {
                string line = Encoding.UTF8.GetString([.. _received[_read..newline]]);
                _read = newline + 1;
                return line;
            }

            searched = _received.Count;
            int count = await ReceiveAsync(patience.Token);
            if (count == 0)
            {
                return null;
            }

            _received.AddRange(_chunk.AsSpan(0, count));
        }
    }

    /// <summary>Every line until the server closes.</summary>
    internal async Task<List<string>> ReadToEndAsync()
    {
        List<string> lines = [];
        while (await ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Dispose() => Socket.Dispose();

    private async Task<int> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            return await Socket.ReceiveAsync(_chunk, SocketFlags.None, cancellation);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return 0;
        }
    }
}
