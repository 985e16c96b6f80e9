namespace Ocap.Daemon.Server;

/// <summary>The open connections, and who has to go when there are too many.</summary>
/// <param name="limit">How many there may be.</param>
internal sealed class ConnectionTable(int limit)
{
    internal static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly HashSet<Connection> _open = [];

    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Takes a connection in; false when all places are taken.</summary>
    internal bool TryAdd(Connection connection)
    {
        lock (_gate)
        {
            return _open.Count < limit && _open.Add(connection);
        }
    }

    /// <summary>
    /// Closes a connection that nobody is at the other end of, or else the one that has gone longest without completing a request and has none running.
    /// One that has just come, or has just been answered, is left in peace for <see cref="Grace"/>: its next request is probably on the way.
    /// </summary>
    internal Room MakeRoom(TimeProvider time)
    {
        Connection? chosen = null;
        foreach (Connection connection in All())
        {
            if (connection.IsAbandoned)
            {
                connection.Close();
                return Room.Made;
            }

            if (connection.IsIdle && (chosen is null || connection.LastAnswer < chosen.LastAnswer))
            {
                chosen = connection;
            }
        }

        if (chosen is null)
        {
            return Room.None;
        }

        if (time.GetElapsedTime(chosen.LastAnswer) < Grace)
        {
            return Room.Soon;
        }

        chosen.Close();
        return Room.Made;
    }

    internal void Remove(Connection connection)
    {
        lock (_gate)
        {
            _open.Remove(connection);
        }
    }

    internal Connection[] All()
    {
        lock (_gate)
        {
            return [.. _open];
        }
    }
}

/// <summary>Whether there is a place for one more connection.</summary>
internal enum Room : byte
{
    /// <summary>A connection was closed for it.</summary>
    Made,

    /// <summary>In a moment there will be.</summary>
    Soon,

    /// <summary>Every connection waits for an answer.</summary>
    None,
}
