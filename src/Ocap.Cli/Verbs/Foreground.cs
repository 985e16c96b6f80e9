using System.Runtime.InteropServices;

namespace Ocap.Cli.Verbs;

/// <summary>A command that runs until it is ended: Ctrl-C gives exit code 130, SIGTERM and a closed terminal 0, as with <c>daemon run</c>. A second signal waits for nothing.</summary>
internal sealed class Foreground : IDisposable
{
    /// <summary>Never disposed: the thread that got the signal may still be cancelling when everything else is over.</summary>
    private readonly CancellationTokenSource _ended = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    internal Foreground() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => End(context, 130)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, 0)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => End(context, 0)),
    ];

    /// <summary>Cancelled when the command is to end.</summary>
    internal CancellationToken Ended => _ended.Token;

    /// <summary>What to end with.</summary>
    internal int ExitCode => Volatile.Read(ref _exitCode);

    public void Dispose() => Array.ForEach(_registrations, r => r.Dispose());

    private void End(PosixSignalContext context, int exitCode)
    {
        if (_ended.IsCancellationRequested)
            return;
        context.Cancel = true;
        Volatile.Write(ref _exitCode, exitCode);
        _ended.Cancel();
    }
}
