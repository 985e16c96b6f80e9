using System.Net.Sockets;
using Ocap.Daemon.Kernel;
using Ocap.Daemon.Log;
using Ocap.Rpc.Framing;

namespace Ocap.Daemon.Server;

/// <summary>
/// One client: a loop that reads lines and starts their requests in order, and a sender that is only there while answers wait. Calls outlive the client;
/// the connection closes when its input has ended, everything that was running has been answered, and the answers are sent.
/// </summary>
internal sealed class Connection : IThreadPoolWorkItem
{
    private const int SendSize = 64 * 1024;

    /// <summary>A shorter line is not counted: of those there are no more than calls may run.</summary>
    private const int WorthCounting = 1024;

    /// <summary>Bytes of requests after which it is asked when they are on disk.</summary>
    private const int AskEvery = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<IOutput> _ready = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket _socket;
    private readonly ServerScope _scope;
    private readonly ConnectionInput _input;
    private AnswerWriter? _writer;
    private List<IOutput>? _sending;
    private RpcCall? _newestRunning;
    private TaskCompletionSource? _room;
    private int _running;
    private int _large;
    private long _unasked;
    private long _requestBytes;
    private long _unreadBytes;
    private long _lastAnswer;
    private bool _isSending;
    private bool _inputEnded;
    private bool _closed;

    internal Connection(Socket socket, ServerScope scope)
    {
        _socket = socket;
        _scope = scope;
        _lastAnswer = scope.Time.GetTimestamp();
        _input = new ConnectionInput(this, socket, scope);
    }

    internal DaemonLog Log => _scope.Log;

    /// <summary>Completes when the socket is closed.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>When it last completed a request, or else was accepted; a timestamp of the clock.</summary>
    internal long LastAnswer => Volatile.Read(ref _lastAnswer);

    /// <summary>True when nothing would be lost by closing it: nothing runs, and nothing waits to be read from the socket.</summary>
    internal bool IsIdle => Volatile.Read(ref _running) == 0 && !HasUnreadInput();

    /// <summary>True when too much is running, unwritten or unread to read further requests.</summary>
    internal bool IsCrowded => IsCrowdedByItself || _scope.Requests.IsSpent;

    private bool IsCrowdedByItself => Volatile.Read(ref _running) >= _scope.Limits.RunningCalls
        || _ready.Count >= _scope.Limits.UnreadAnswers
        || Volatile.Read(ref _large) >= _scope.Limits.Queries
        || Volatile.Read(ref _requestBytes) >= _scope.Limits.RequestBytes
        || Volatile.Read(ref _unreadBytes) >= _scope.Limits.UnreadBytes;

    /// <summary>True when the client has closed both directions, so that no answer can reach it.</summary>
    internal bool IsAbandoned => PeerSocket.IsHungUp(_socket);

    /// <summary>Serves the client until its input ends.</summary>
    internal async Task RunAsync()
    {
        await _input.RunAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _inputEnded = true;
        }

        if (IsAbandoned)
        {
            Close();
        }
        else
        {
            CloseIfDone();
        }
    }

    /// <summary>Begins a call.</summary>
    internal RpcCall Begin(byte[]? id, RpcBatch? batch)
    {
        var call = new RpcCall(this, id, batch);
        if (batch is not null && id is not null)
        {
            batch.Add(call);
        }

        lock (_gate)
        {
            _running++;
            call.Next = _newestRunning;
            _newestRunning?.Previous = call;
            _newestRunning = call;
        }

        return call;
    }

    /// <summary>Takes note that a call is settled, and sends its answer or that of its batch.</summary>
    internal void Settled(RpcCall call)
    {
        IOutput? output = call.Batch is null ? (call.IsNotification ? null : call)
            : call.Batch.IsComplete() ? call.Batch
            : null;
        bool dropped = false;
        lock (_gate)
        {
            _running--;
            Unlink(call);
            dropped = _closed;
            if (!dropped && output is not null)
            {
                Send(output);
            }

            SignalRoom();
        }

        if (call.IsNotification)
        {
            call.Dispose();
        }

        if (dropped)
        {
            output?.Dispose();
        }
        else if (output is null)
        {
            CloseIfDone();
        }
    }

    /// <summary>Counts a call whose answer may be large.</summary>
    internal void LargeBegun() => Interlocked.Increment(ref _large);

    /// <summary>Takes note that such an answer is sent or dropped.</summary>
    internal void LargeDone()
    {
        Interlocked.Decrement(ref _large);
        lock (_gate)
        {
            SignalRoom();
        }
    }

    /// <summary>
    /// Counts the bytes of a line whose requests have been started. The kernel has them in memory until they are written, and no longer; small ones are asked
    /// after together.
    /// </summary>
    internal void Started(int bytes)
    {
        if (bytes >= WorthCounting)
        {
            _unasked += bytes;
        }

        if (_unasked < AskEvery)
        {
            return;
        }

        long count = _unasked;
        _unasked = 0;
        Interlocked.Add(ref _requestBytes, count);
        _scope.Requests.Take(count);
        _scope.Services.Kernel.Sync(_ =>
        {
            Interlocked.Add(ref _requestBytes, -count);
            _scope.Requests.Return(count);
            lock (_gate)
            {
                SignalRoom();
            }
        });
    }

    /// <summary>Counts a result that is about to wait for its client; false when too much waits already.</summary>
    internal bool TryHold(long bytes)
    {
        if (Interlocked.Add(ref _unreadBytes, bytes) <= _scope.Limits.MostUnreadBytes && _scope.Unread.TryTake(bytes))
        {
            return true;
        }

        Interlocked.Add(ref _unreadBytes, -bytes);
        return false;
    }

    /// <summary>Takes note that such a result is sent or dropped.</summary>
    internal void LetGo(long bytes)
    {
        Interlocked.Add(ref _unreadBytes, -bytes);
        _scope.Unread.Return(bytes);
    }

    /// <summary>Waits until there is room for further calls.</summary>
    internal Task RoomAsync()
    {
        lock (_gate)
        {
            if (_closed || !IsCrowded)
            {
                return Task.CompletedTask;
            }

            if (!IsCrowdedByItself)
            {
                return _scope.Requests.RoomAsync();
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Reads no further requests; what is running is still answered.</summary>
    internal void StopReading() => _input.Stop();

    /// <summary>Answers every call that is still running with an error.</summary>
    internal void FailRunning(int code)
    {
        List<RpcCall> running = [];
        lock (_gate)
        {
            for (RpcCall? call = _newestRunning; call is not null; call = call.Next)
            {
                running.Add(call);
            }
        }

        foreach (RpcCall call in running)
        {
            call.Fail(code, call.WhenStopped);
        }
    }

    /// <summary>Closes the socket at once. Calls run on; their answers are dropped.</summary>
    internal void Close()
    {
        IOutput[] dropped;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            dropped = [.. _ready];
            _ready.Clear();
            SignalRoom();
        }

        _input.Stop();
        _socket.Dispose();
        foreach (IOutput output in dropped)
        {
            output.Dispose();
        }

        _scope.Connections.Remove(this);
        _ended.TrySetResult();
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    /// <summary>Only under the gate.</summary>
    private void Send(IOutput output)
    {
        _ready.Enqueue(output);
        if (!_isSending)
        {
            _isSending = true;
            LentThread.Run(this);
        }
    }

    /// <summary>Sends what waits, as many answers at a time as there are, until nothing waits.</summary>
    private async Task SendAsync()
    {
        try
        {
            _writer ??= new AnswerWriter();
            while (Fill(_writer))
            {
                ReadOnlyMemory<byte> bytes = _writer.Bytes.Written;
                while (!bytes.IsEmpty)
                {
                    bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false)..];
                }

                Sent();
            }

            CloseIfDone();
        }
        catch (Exception e)
        {
            if (e is not (SocketException or ObjectDisposedException))
            {
                Log.Error("A connection was closed because its answers could not be sent.", LoggedException.Describe(e));
            }

            Sent();
            _writer?.Dispose();
            _writer = null;
            Close();
        }
    }

    /// <summary>Puts waiting answers into words; false, and the sender gone, when there are none.</summary>
    private bool Fill(AnswerWriter writer)
    {
        while (writer.Bytes.Count < SendSize)
        {
            IOutput? output;
            lock (_gate)
            {
                if (!_ready.TryDequeue(out output))
                {
                    if (writer.Bytes.Count > 0)
                    {
                        return true;
                    }

                    _isSending = false;
                    writer.Dispose();
                    _writer = null;
                    return false;
                }
            }

            output.WriteTo(writer);
            writer.Bytes.Write("\n"u8);
            (_sending ??= []).Add(output);
        }

        return true;
    }

    private void Sent()
    {
        Volatile.Write(ref _lastAnswer, _scope.Time.GetTimestamp());
        _scope.Services.Stirred();
        _writer?.Bytes.TruncateTo(0);
        if (_sending is not null)
        {
            foreach (IOutput output in _sending)
            {
                output.Dispose();
            }

            _sending.Clear();
        }

        lock (_gate)
        {
            SignalRoom();
        }
    }

    private void CloseIfDone()
    {
        lock (_gate)
        {
            if (_closed || _running > 0 || _ready.Count > 0 || _isSending)
            {
                return;
            }

            if (!_inputEnded)
            {
                _input.OutputDone();
                return;
            }
        }

        Close();
    }

    /// <summary>Only under the gate.</summary>
    private void SignalRoom()
    {
        if (_room is not null && (_closed || !IsCrowdedByItself))
        {
            _room.TrySetResult();
            _room = null;
        }
    }

    /// <summary>Only under the gate.</summary>
    private void Unlink(RpcCall call)
    {
        call.Previous?.Next = call.Next;
        call.Next?.Previous = call.Previous;
        if (ReferenceEquals(_newestRunning, call))
        {
            _newestRunning = call.Next;
        }

        call.Previous = call.Next = null;
    }

    private bool HasUnreadInput()
    {
        try
        {
            return _socket.Available > 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
