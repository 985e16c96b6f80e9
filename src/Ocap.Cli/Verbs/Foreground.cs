using System.Runtime.InteropServices;
using Ocap.Cli.Output;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Verbs;

/// <summary>A command that runs until it is ended: Ctrl-C gives exit code 130, SIGTERM and a closed terminal 0, as with <c>daemon run</c>. A second signal waits for nothing. It also ends when nobody reads its output any more.</summary>
internal sealed class Foreground : IDisposable
{
    /// <summary>Never disposed: the thread that got the signal may still be cancelling when everything else is over.</summary>
    private readonly CancellationTokenSource _ended = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    internal Foreground()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => End(context, 130)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, 0)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => End(context, 0)),
        ];
        if (!OperatingSystem.IsWindows())
            new Thread(WatchReader, maxStackSize: 128 * 1024) { IsBackground = true, Name = "reader watch" }.Start();
    }

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
        End(exitCode);
    }

    private void End(int exitCode)
    {
        Volatile.Write(ref _exitCode, exitCode);
        _ended.Cancel();
    }

    /// <summary>A command that has nothing to write would not notice otherwise, and live on for nobody.</summary>
    private void WatchReader()
    {
        if (OperatingSystem.IsWindows())
            return;
        RawOutput.WaitForReaderToLeave(Terminal.Output);
        if (!_ended.IsCancellationRequested)
            End(OutputException.ReaderLeft);
    }
}
