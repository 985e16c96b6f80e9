using System.Net.Sockets;
using System.Text;

namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A listener in a daemon's place, which shows what a client sent and answers what the test says.</summary>
internal sealed class ScriptedDaemon : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    internal ScriptedDaemon(TestHome home)
    {
        Path = System.IO.Path.Combine(home.Root, "scripted.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
    }

    internal string Path { get; }

    /// <summary>Takes one connection and its first line, and answers: null closes without a word.</summary>
    internal async Task<string> ServeAsync(string? answer, TimeSpan? hold = null)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        using Socket client = await _listener.AcceptAsync(late.Token);
        using NetworkStream stream = new(client);
        using StreamReader reader = new(stream, Encoding.UTF8);
        string line = await reader.ReadLineAsync(late.Token) ?? "";
        if (hold is { } time)
            await Task.Delay(time, late.Token);
        if (answer is not null)
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), late.Token);
        return line;
    }

    public void Dispose() => _listener.Dispose();
}
