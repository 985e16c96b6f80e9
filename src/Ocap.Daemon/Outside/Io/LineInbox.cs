using Ocap.Kernel.Services;
using Ocap.Marshal.Passables;

namespace Ocap.Daemon.Outside.Io;

/// <summary>
/// Lines that have come and reads that wait, brought together in order. A line is handed to one read at a time and stays until the kernel says that there was
/// somebody to receive it: a read whose vat is gone does not swallow a line. Calls of its members may come from any thread.
/// </summary>
internal sealed class LineInbox(string name, ChannelLimits limits)
{
    /// <summary>What a line costs besides its bytes: a million empty ones are not nothing.</summary>
    private const int CostOfALine = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _entries = [];
    private readonly Queue<ServiceCall> _reads = new();
    private Action? _drained;
    private TaskCompletionSource? _room;
    private long _cost;
    private int _client;
    private bool _isHanding;
    private bool _isClosed;

    /// <summary>A read takes a line that is there, or waits for the next.</summary>
    internal void Read(ServiceCall call)
    {
        // The oldest goes, not the newest: it may be of a heap that is gone, and would be in the way for ever.
        ServiceCall? oldest = null;
        lock (_lock)
        {
            _reads.Enqueue(call);
            if (_reads.Count > limits.WaitingReads)
            {
                oldest = _reads.Dequeue();
            }
        }

        oldest?.Reject($"IO channel \"{name}\" has more than {limits.WaitingReads} reads that wait for lines, and this was the oldest");
        Hand();
    }

    /// <summary>A line has come.</summary>
    internal void Add(string line, int bytes)
    {
        lock (_lock)
        {
            _entries.AddLast(new Entry(line, null, bytes + CostOfALine, _client));
            _cost += bytes + CostOfALine;
        }

        Hand();
    }

    /// <summary>The client has said all it will, and may still listen: the read that finds no line of it any more is answered null.</summary>
    /// <param name="drained">Called then.</param>
    internal void EndInput(Action drained)
    {
        lock (_lock)
        {
            _drained = drained;
        }

        Hand();
    }

    /// <summary>The client is gone. Reads that go on waiting when its lines have been read are answered null; a reason, if there is one, is an error for one of them.</summary>
    internal void Left(string? error)
    {
        lock (_lock)
        {
            _drained = null;
            if (error is not null)
            {
                _entries.AddLast(new Entry(null, error, 0, _client));
            }

            for (int told = _entries.Count; told < _reads.Count; told++)
            {
                _entries.AddLast(new Entry(null, null, 0, _client));
            }
        }

        Hand();
    }

    /// <summary>A new client has come: what the last one left unread is forgotten. Reads go on waiting.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            _client++;
            _drained = null;
            for (LinkedListNode<Entry>? node = _entries.First; node is not null;)
            {
                LinkedListNode<Entry>? next = node.Next;
                if (!node.Value.IsEnd)
                {
                    _entries.Remove(node);
                    _cost -= node.Value.Cost;
                }

                node = next;
            }
        }

        GiveRoom();
    }

    /// <summary>The channel is closed: reads, and those that come later, are answered null.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _drained = null;
            _entries.Clear();
            _cost = 0;
        }

        GiveRoom();
        Hand();
    }

    /// <summary>Completes when there is room for more than is there.</summary>
    internal Task Room()
    {
        lock (_lock)
        {
            return _cost < limits.UnreadBytes ? Task.CompletedTask : (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Hand()
    {
        while (TryPair(out ServiceCall? call, out Entry entry, out Action? drained))
        {
            if (entry.Error is { } error)
            {
                call.Reject(error);
            }
            else if (entry.Line is null)
            {
                call.Fulfill(Passable.Null);
            }
            else
            {
                call.Fulfill(new Passable.Text(entry.Line), received => Handed(entry, received));
            }

            drained?.Invoke();
        }
    }

    private bool TryPair(out ServiceCall call, out Entry entry, out Action? drained)
    {
        (call, entry, drained) = (null!, default, null);
        lock (_lock)
        {
            if (_isHanding)
            {
                return false;
            }

            if (_reads.Count == 0)
            {
                // Ends were for the reads that waited then.
                while (_entries.First?.Value.IsEnd == true)
                {
                    _entries.RemoveFirst();
                }

                return false;
            }

            if (_entries.First is { } first)
            {
                entry = first.Value;
                _entries.RemoveFirst();
                _isHanding = entry.Line is not null;
            }
            else if (_drained is not null)
            {
                // All reads that wait are told; the connection ends.
                for (int told = 1; told < _reads.Count; told++)
                {
                    _entries.AddLast(new Entry(null, null, 0, _client));
                }

                (drained, _drained) = (_drained, null);
            }
            else if (!_isClosed)
            {
                return false;
            }

            call = _reads.Dequeue();
            return true;
        }
    }

    private void Handed(Entry entry, bool isReceived)
    {
        lock (_lock)
        {
            _isHanding = false;
            if (isReceived || _isClosed || entry.Client != _client)
            {
                _cost = Math.Max(0, _cost - entry.Cost);
            }
            else
            {
                _entries.AddFirst(entry);
            }
        }

        GiveRoom();
        Hand();
    }

    private void GiveRoom()
    {
        TaskCompletionSource? room = null;
        lock (_lock)
        {
            if (_cost < limits.UnreadBytes)
            {
                (room, _room) = (_room, null);
            }
        }

        room?.SetResult();
    }

    /// <summary>A line of a client's; or an error; or, if neither, that the client is gone.</summary>
    private readonly record struct Entry(string? Line, string? Error, int Cost, int Client)
    {
        internal bool IsEnd => Line is null && Error is null;
    }
}
