using System.Runtime.Versioning;
using System.Text;

namespace Ocap.Daemon.Lifecycle;

/// <summary>A daemon's three standard descriptors, used raw: the console classes keep copies, and a copy would hold on to a caller's pipe for good.</summary>
/// <param name="logFile">Where errors go once nobody reads them: the newest log file.</param>
[UnsupportedOSPlatform("windows")]
internal sealed class StandardStreams(string logFile)
{
    private const int Output = 1;
    private const int Error = 2;
    private volatile bool _letGo;

    /// <summary>Says the one line the parent waits for. A parent that is gone is no reason to stop.</summary>
    internal static void Report(Readiness readiness) => RawOutput.Write(Output, readiness.ToLine());

    /// <summary>A line for the person at the terminal.</summary>
    internal static void Notice(string line) => RawOutput.Write(Error, Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Lets go of whoever started the daemon: input and output become <c>/dev/null</c>, errors (a crash of the runtime, say) go to the log's file.</summary>
    internal void LetGo()
    {
        int nowhere = Libc.Open("/dev/null", Libc.OpenForLock, 0);
        _ = Libc.Duplicate(nowhere, 0);
        _ = Libc.Duplicate(nowhere, Output);
        _ = Libc.Close(nowhere);
        _letGo = true;
        LogOpened();
    }

    /// <summary>The log has a new file.</summary>
    internal void LogOpened()
    {
        if (!_letGo)
            return;
        int log = Libc.Open(logFile, Libc.OpenForAppend, 0x180 /* 0600 */);
        if (log < 0)
            return;
        _ = Libc.Duplicate(log, Error);
        _ = Libc.Close(log);
    }
}
