using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Daemon.Lifecycle;

/// <summary>
/// The one place a daemon's end is asked for: the first asker, be it RPC or a signal, gives the reason, the others join it.
/// A second signal to end does not wait for anything any more.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ShutdownSignal : IDisposable
{
    private readonly TaskCompletionSource<string> _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;
    private readonly bool _detached;
    private readonly Action<int> _endAtOnce;
    private int _signals;

    /// <summary>Starts listening for signals.</summary>
    /// <param name="detached">Whether there is no terminal: a hang-up is then none of ours, and ignored; in the foreground it ends the daemon like SIGTERM.</param>
    /// <param name="endAtOnce">Ends the process with a code, for the second signal.</param>
    internal ShutdownSignal(bool detached, Action<int> endAtOnce)
    {
        _detached = detached;
        _endAtOnce = endAtOnce;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Receive),
        ];
    }

    /// <summary>Why the daemon is to end: <c>SIGTERM</c>, <c>SIGINT</c>, <c>SIGHUP</c>, <c>RPC shutdown</c>.</summary>
    internal Task<string> Requested => _requested.Task;

    internal void Request(string reason) => _requested.TrySetResult(reason);

    public void Dispose() => Array.ForEach(_registrations, r => r.Dispose());

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        Receive(context.Signal);
    }

    internal void Receive(PosixSignal signal)
    {
        if (signal == PosixSignal.SIGHUP && _detached)
            return;
        if (Interlocked.Increment(ref _signals) > 1)
            _endAtOnce(128 + (signal == PosixSignal.SIGINT ? 2 : Libc.TermSignal));
        Request(signal.ToString());
    }
}
