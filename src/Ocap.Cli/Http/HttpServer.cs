using System.Net;
using System.Net.Sockets;
using Ocap.Cli.Verbs;

namespace Ocap.Cli.Http;

/// <summary>
/// As much of HTTP/1.1 as serving files to developers takes. The framework's HttpListener compares the Host header with the address it listens on, so that one
/// on the loopback address refuses "localhost", and it cannot take just any free port; Kestrel brings a whole web framework for one kind of file.
/// </summary>
internal sealed class HttpServer : IDisposable
{
    private const int MostConnections = 128;
    private readonly List<Socket> _listeners = [];
    private readonly SemaphoreSlim _free = new(MostConnections);
    private readonly Func<HttpRequest, HttpReply> _answer;

    private HttpServer(Func<HttpRequest, HttpReply> answer) => _answer = answer;

    /// <summary>The port it listens on.</summary>
    internal int Port => ((IPEndPoint)_listeners[0].LocalEndPoint!).Port;

    /// <summary>Takes a port.</summary>
    /// <param name="address">Where to listen; null for this machine alone, which has two such addresses.</param>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="answer">Answers a request; called on several threads.</param>
    /// <exception cref="CommandException">It is not to be had; a sentence.</exception>
    internal static HttpServer Listen(IPAddress? address, int port, Func<HttpRequest, HttpReply> answer)
    {
        HttpServer server = new(answer);
        try
        {
            server._listeners.Add(Bind(address ?? IPAddress.Loopback, port));
        }
        catch (SocketException fault)
        {
            throw new CommandException(fault.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"Port {port} is in use. Choose another with --port, or --port 0 for any that is free.",
                SocketError.AccessDenied => $"You may not listen on port {port}. Choose one above 1023 with --port.",
                SocketError.AddressNotAvailable => $"This machine has no address {address}. Choose another with --host.",
                _ => $"Cannot listen on port {port}: {fault.Message}.",
            });
        }
        try
        {
            if (address is null)
                server._listeners.Add(Bind(IPAddress.IPv6Loopback, server.Port));
        }
        catch (SocketException)
        {
            // Without IPv6, "localhost" means the other one.
        }
        return server;
    }

    /// <summary>Serves until it is cancelled.</summary>
    internal Task RunAsync(CancellationToken stop) => Task.WhenAll(_listeners.Select(listener => AcceptAsync(listener, stop)));

    public void Dispose() => _listeners.ForEach(l => l.Dispose());

    private static Socket Bind(IPAddress address, int port)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(Socket listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await _free.WaitAsync(stop);
                _ = ServeAsync(await NextAsync(listener, stop), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private static async Task<Socket> NextAsync(Socket listener, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync(stop);
            }
            catch (SocketException)
            {
                // That client has gone already, or no descriptor is free: the next one may have more luck.
                await Task.Delay(100, stop);
            }
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        try
        {
            using HttpConnection connection = new(socket, _answer);
            await connection.RunAsync(stop);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            // The client has gone, or took too long; there is nobody to tell.
        }
        finally
        {
            _free.Release();
        }
    }
}
