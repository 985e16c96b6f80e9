using System.Net.Sockets;
using System.Runtime.Versioning;
using Ocap.Daemon.Home;
using Ocap.Daemon.Log;

namespace Ocap.Daemon.Lifecycle;

/// <summary>
/// The daemon's listening socket, opened anew when its file was removed under the daemon: without the file nobody finds it, and while it has the home nobody
/// else can serve it.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class KeptSocket
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly DaemonLog _log;
    private ListeningSocket _current;
    private bool _isWithdrawn;

    /// <exception cref="DaemonException">Nobody can listen there.</exception>
    internal KeptSocket(string path, DaemonLog log)
    {
        (_path, _log) = (path, log);
        _current = ListeningSocket.Open(path);
    }

    /// <summary>What it listens with now. Who serves it closes it.</summary>
    internal Socket Socket => _current.Socket;

    /// <summary>Listens anew if the file is gone. What takes its place is somebody else's and stays.</summary>
    /// <param name="serve">Is given the new socket, in place of the old one.</param>
    internal void Keep(Action<Socket> serve)
    {
        lock (_gate)
        {
            try
            {
                if (_isWithdrawn || FileStatus.Of(_path, followLinks: false) is not null)
                    return;
                _current = ListeningSocket.Open(_path);
            }
            catch (DaemonException fault)
            {
                _log.Warn($"The socket was removed, and the daemon cannot be reached until it is stopped (ocap daemon stop): {fault.Message}");
                return;
            }

            serve(_current.Socket);
            _log.Info($"{_path} was removed; the daemon listens there anew.");
        }
    }

    /// <summary>Deletes the file, and makes no other. To be called before the socket is closed.</summary>
    internal void Withdraw()
    {
        lock (_gate)
        {
            _isWithdrawn = true;
            _current.Withdraw();
        }
    }
}
