using System.Runtime.Versioning;

namespace Ocap.Daemon.Hosts;

/// <summary>
/// The thread that starts vat hosts and looks after busy ones. The system ends a host when the thread that started it ends, so this one lives as long as the
/// daemon. When nothing is under way it sleeps, and looks once in a long while all the same.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HostWatch : IDisposable
{
    /// <summary>Looks without anything to see before it sleeps: so that steady work does not wake it again and again.</summary>
    private const int LooksBeforeSleep = 3;

    private readonly IHostLauncher _launcher;
    private readonly Func<RunningHost[]> _hosts;
    private readonly HostPatience _patience;
    private readonly Queue<(RunningHost Host, long HeapLimit)> _wanted = new();
    private readonly AutoResetEvent _awake = new(false);
    private readonly Thread _thread;
    private volatile bool _isWatching;
    private volatile bool _isEnding;

    internal HostWatch(IHostLauncher launcher, Func<RunningHost[]> hosts, HostPatience patience)
    {
        (_launcher, _hosts, _patience) = (launcher, hosts, patience);
        _thread = new Thread(Run) { IsBackground = true, Name = "hosts" };
        _thread.Start();
    }

    /// <summary>Starts a host soon.</summary>
    internal void Start(RunningHost host, long heapLimit)
    {
        lock (_wanted)
        {
            _wanted.Enqueue((host, heapLimit));
        }

        _awake.Set();
    }

    /// <summary>A host has been given something to do.</summary>
    internal void Notice()
    {
        // What was given must be seen by who stops watching, or that be seen here.
        Interlocked.MemoryBarrier();
        if (!_isWatching)
        {
            _isWatching = true;
            _awake.Set();
        }
    }

    /// <summary>Ends the thread; hosts that are wanted still are not started any more.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _awake.Set();
        _thread.Join();
        _awake.Dispose();
    }

    private void Run()
    {
        int idle = 0;
        while (!_isEnding)
        {
            bool isCalled = _awake.WaitOne(_isWatching ? _patience.LookEvery : _patience.Patrol);
            StartWanted();
            if (!_isWatching)
            {
                // Never set back here: who gives a host something to do may have set it meanwhile.
                if (!isCalled && Look())
                {
                    _isWatching = true;
                }

                continue;
            }

            idle = Look() ? 0 : idle + 1;
            if (idle >= LooksBeforeSleep)
            {
                idle = 0;
                _isWatching = false;
                Interlocked.MemoryBarrier();
                _isWatching = Look();
            }
        }
    }

    /// <summary>True while there is something to watch.</summary>
    private bool Look()
    {
        bool isBusy = false;
        foreach (RunningHost host in _hosts())
        {
            isBusy |= host.Watch(_patience);
        }

        return isBusy;
    }

    private void StartWanted()
    {
        while (true)
        {
            (RunningHost Host, long HeapLimit) next;
            lock (_wanted)
            {
                if (_isEnding || !_wanted.TryDequeue(out next))
                {
                    return;
                }
            }

            next.Host.Start(_launcher, next.HeapLimit);
        }
    }
}
