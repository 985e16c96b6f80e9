using System.Runtime.InteropServices;

namespace Ocap.Daemon.Hosts;

/// <summary>Starts vat hosts. A seam: tests of supervision have their own.</summary>
internal interface IHostLauncher
{
    /// <summary>Starts a host that finds the other end of its link in <paramref name="link"/>, which stays the caller's. Called by one thread, which lives as long as its hosts.</summary>
    /// <exception cref="DaemonException">It cannot be started; the sentence says why.</exception>
    IHostProcess Launch(SafeHandle link, long heapLimit);
}

/// <summary>A vat host as a process. Members may be called by any thread.</summary>
internal interface IHostProcess
{
    /// <summary>Its number.</summary>
    int Pid { get; }

    /// <summary>Bytes that it has in memory, or 0 when that cannot be told.</summary>
    long ResidentBytes { get; }

    /// <summary>Processor time that all of its threads have used, or zero when that cannot be told.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>What it is doing, to be compared with what it did earlier: <see cref="HostActivity"/>.</summary>
    HostActivity Activity { get; }

    /// <summary>Ends it at once; nothing happens when it has ended. Not after <see cref="Reap"/>.</summary>
    void Kill();

    /// <summary>Waits for its end and says how it came. Called once.</summary>
    string Reap();
}
