using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A connection to a daemon's socket with any number of requests under way. When the daemon dies, what is unanswered fails with an <see cref="IOException"/>.</summary>
internal sealed class RpcClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly NetworkStream _stream;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<RpcReply>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Task _reading;
    private long _last;
    private volatile bool _closed;

    private RpcClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reading = ReadAsync();
    }

    internal static async Task<RpcClient> ConnectAsync(string socketPath)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath));
        return new RpcClient(socket);
    }

    /// <summary>Sends one request and waits for its answer. Requests are written in the order of the calls.</summary>
    internal async Task<RpcReply> CallAsync(string method, string parameters = "[]")
    {
        long id = Interlocked.Increment(ref _last);
        TaskCompletionSource<RpcReply> waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = waiting;
        string line = string.Create(CultureInfo.InvariantCulture, $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}{{'\n'}}""");
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(line));
        }
        finally
        {
            _writing.Release();
        }
        if (_closed)
            waiting.TrySetException(new IOException("The daemon has closed the connection."));
        return await waiting.Task.WaitAsync(Patience);
    }

    /// <summary>Sends a message to an object: <paramref name="arguments"/> is the inside of a JSON array.</summary>
    internal Task<RpcReply> SendAsync(string kref, string method, string arguments = "") => CallAsync("queueMessage", $"""["{kref}","{method}",[{arguments}]]""");

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _reading;
        _writing.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using StreamReader reader = new(_stream, Encoding.UTF8, leaveOpen: true);
            while (await reader.ReadLineAsync() is { } line)
            {
                RpcReply reply = new(line);
                if (reply.Id.ValueKind == JsonValueKind.Number && _waiting.TryRemove(reply.Id.GetInt64(), out TaskCompletionSource<RpcReply>? waiting))
                    waiting.TrySetResult(reply);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or JsonException)
        {
            // A line cut off by the daemon's death is no answer.
        }
        _closed = true;
        foreach (TaskCompletionSource<RpcReply> waiting in _waiting.Values)
            waiting.TrySetException(new IOException("The daemon has closed the connection."));
    }
}
