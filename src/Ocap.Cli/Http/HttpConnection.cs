using System.Net.Sockets;

namespace Ocap.Cli.Http;

/// <summary>One client: requests in, answers out, one after another. A client that is slow or sends too much is left.</summary>
internal sealed class HttpConnection(Socket socket, Func<HttpRequest, HttpReply> answer) : IDisposable
{
    private const int LongestHead = 16 * 1024;
    private static readonly TimeSpan HeadLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BodyLimit = TimeSpan.FromMinutes(2);
    private readonly byte[] _buffer = new byte[LongestHead];
    private int _filled;

    internal async Task RunAsync(CancellationToken stop)
    {
        socket.NoDelay = true;
        bool keepsAlive;
        do
        {
            int end = await ReceiveHeadAsync(stop);
            if (end == 0)
                return;
            HttpRequest? request = end < 0 ? null : HttpRequest.Parse(_buffer.AsSpan(0, end));
            HttpReply reply = end < 0 ? new HttpReply(431) : request is null ? new HttpReply(400) : Answer(request);
            keepsAlive = request is { KeepsAlive: true };
            await SendAsync(reply, withBody: request?.Method is not "HEAD", keepsAlive, stop);
            Forget(end + 4);
        }
        while (keepsAlive);
        socket.Shutdown(SocketShutdown.Send);
        await DrainAsync(stop);
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Where the head ends; 0 when the client is done, -1 when it is too long.</summary>
    private async Task<int> ReceiveHeadAsync(CancellationToken stop)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(HeadLimit);
        while (true)
        {
            int end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
            if (end > 0)
                return end;
            if (end == 0 || _filled == _buffer.Length)
                return -1;
            int received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), late.Token);
            if (received == 0)
                return 0;
            _filled += received;
        }
    }

    private HttpReply Answer(HttpRequest request)
    {
        try
        {
            return answer(request);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new HttpReply(500);
        }
    }

    private async Task SendAsync(HttpReply reply, bool withBody, bool keepsAlive, CancellationToken stop)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(BodyLimit);
        await SendAsync(reply.Head(keepsAlive), late.Token);
        if (withBody)
            await SendAsync(reply.Body, late.Token);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, stop)..];
    }

    /// <summary>Closing with unread bytes would reset the connection, and the client might lose the answer.</summary>
    private async Task DrainAsync(CancellationToken stop)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(TimeSpan.FromSeconds(1));
        while (await socket.ReceiveAsync(_buffer, late.Token) > 0)
        {
        }
    }

    private void Forget(int count)
    {
        count = Math.Min(count, _filled);
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }
}
