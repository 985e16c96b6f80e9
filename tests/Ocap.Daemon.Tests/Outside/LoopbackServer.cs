using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ocap.Daemon.Tests.Outside;

/// <summary>An HTTP server on loopback whose every byte the test chooses. It keeps what it was sent.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, Stream, Task> _serve;
    private readonly List<string> _requests = [];

    /// <summary>A handler that waits for nothing is held by nobody else, and its connection would be closed when it is collected.</summary>
    private readonly List<Task> _handlers = [];

    /// <param name="serve">Is given each request, head and body, and the connection to answer on, which is closed afterwards.</param>
    internal LoopbackServer(Func<string, Stream, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>A server that answers every request with the same text.</summary>
    internal LoopbackServer(string response)
        : this((_, stream) => stream.WriteAsync(Encoding.Latin1.GetBytes(response)).AsTask())
    {
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal string Url => $"http://127.0.0.1:{Port}/";

    internal IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _handlers.Add(ServeAsync(client));
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                string request = await ReadAsync(stream);
                lock (_requests)
                {
                    _requests.Add(request);
                }

                await _serve(request, stream);
            }
            catch (IOException)
            {
                // The other side had enough.
            }
        }
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (true)
        {
            int head = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && text.Length - head - 4 >= Length(text.ToString(0, head)))
            {
                return text.ToString();
            }

            int length = await stream.ReadAsync(buffer);
            if (length == 0)
            {
                return text.ToString();
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, length));
        }
    }

    private static int Length(string head)
    {
        string? line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.Split(':')[1].Trim(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
