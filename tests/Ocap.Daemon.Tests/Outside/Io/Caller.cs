using Ocap.Kernel.Services;
using Ocap.Kernel.Services.Io;
using Ocap.Marshal;

namespace Ocap.Daemon.Tests.Outside.Io;

/// <summary>Calls a channel as the kernel does, and says what it answered: a body, <c>!</c> and the error, or nothing yet.</summary>
internal sealed class Caller(IIoChannel channel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal Task<string> BeginRead(bool isReceived = true)
    {
        Task<string> told = Begin("read", isReceived, out ServiceCall call);
        channel.Read(call);
        return told;
    }

    internal Task<string> BeginWrite(string data)
    {
        Task<string> told = Begin("write", isReceived: true, out ServiceCall call);
        channel.Write(call, data);
        return told;
    }

    internal Task<string> ReadAsync() => BeginRead().WaitAsync(Patience);

    internal Task<string> WriteAsync(string data) => BeginWrite(data).WaitAsync(Patience);

    /// <summary>The answer of a read or write begun before.</summary>
    internal static Task<string> EndAsync(Task<string> begun) => begun.WaitAsync(Patience);

    private static Task<string> Begin(string method, bool isReceived, out ServiceCall call)
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        call = new ServiceCall(method, new CapData("#[]", []), answer =>
        {
            told.SetResult(SmallcapsError.TryRead(answer.Value, out _, out string? message) ? "!" + message.Replace("[KERNEL:DELIVERY_FAILED] ", "", StringComparison.Ordinal) : answer.Value.Body[1..]);

            // The kernel says so on its own thread.
            ThreadPool.QueueUserWorkItem(_ => answer.Received?.Invoke(isReceived));
        });
        return told.Task;
    }
}
