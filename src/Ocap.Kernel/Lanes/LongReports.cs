namespace Ocap.Kernel.Lanes;

/// <summary>
/// Room for what long reports come to when they are read: some five times their bytes, until the crank that one tells of is committed or written down. Whoever brings
/// one waits while those before it take up the room, for however many vats do much at once, the process that they share has one memory.
/// </summary>
/// <param name="most">Bytes of reports that may be read at once; a single longer one may too.</param>
internal sealed class LongReports(long most)
{
    private readonly object _gate = new();
    private long _taken;

    /// <summary>Bytes that are being read or committed.</summary>
    internal long Taken
    {
        get
        {
            lock (_gate)
            {
                return _taken;
            }
        }
    }

    /// <summary>Waits for room. It is given back once, by whoever disposes of it first.</summary>
    internal IDisposable Take(long bytes)
    {
        lock (_gate)
        {
            while (_taken > 0 && _taken + bytes > most)
            {
                Monitor.Wait(_gate);
            }

            _taken += bytes;
        }

        return new Room(this, bytes);
    }

    private sealed class Room(LongReports reports, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        public void Dispose()
        {
            lock (reports._gate)
            {
                reports._taken -= _bytes;
                _bytes = 0;
                Monitor.PulseAll(reports._gate);
            }
        }
    }
}
