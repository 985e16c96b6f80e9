using System.Runtime.CompilerServices;

namespace Ocap.Vats.Worker;

/// <summary>
/// Threads with the stack that vat code needs. Cranks of any vat run on them, one at a time each; a thread is made when none is free, so that one stuck in
/// a runaway vat blocks nobody, and ends after a while without work. Idle vats have no thread.
/// </summary>
internal sealed class VatThreads(int stackBytes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Stack<Seat> _idle = [];

    /// <summary>
    /// Runs work on a thread of its own for as long as it takes. It says whether the thread may serve again: the runtime and the engine keep buffers for each
    /// thread, as large as the largest use of them, and only the thread's end gives those of a memory bomb back.
    /// </summary>
    internal void Run(Func<bool> work)
    {
        Seat? seat;
        lock (_lock)
        {
            _idle.TryPop(out seat);
        }

        if (seat is not null)
        {
            seat.Give(work);
            return;
        }

        seat = new Seat();
        seat.Give(work);
        new Thread(() => Serve(seat), stackBytes) { IsBackground = true, Name = "vat" }.Start();
    }

    private void Serve(Seat seat)
    {
        while (GoesOn(seat))
        {
        }
    }

    // A method of its own, so that no frame of a thread that waits for work refers to what it did last.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool GoesOn(Seat seat)
    {
        if (seat.Take(Patience) is not { } work)
        {
            return !TryLeave(seat);
        }

        if (!work())
        {
            return false;
        }

        Thread.CurrentThread.Priority = ThreadPriority.Normal;
        lock (_lock)
        {
            _idle.Push(seat);
        }

        return true;
    }

    /// <summary>False when the seat was just given work.</summary>
    private bool TryLeave(Seat seat)
    {
        lock (_lock)
        {
            if (!_idle.Contains(seat))
            {
                return false;
            }

            Seat[] others = [.. _idle.Where(other => other != seat).Reverse()];
            _idle.Clear();
            foreach (Seat other in others)
            {
                _idle.Push(other);
            }

            return true;
        }
    }

    /// <summary>Where one thread waits for work.</summary>
    private sealed class Seat
    {
        private readonly SemaphoreSlim _given = new(0);
        private Func<bool>? _work;

        internal void Give(Func<bool> work)
        {
            _work = work;
            _given.Release();
        }

        internal Func<bool>? Take(TimeSpan patience) => _given.Wait(patience) ? Interlocked.Exchange(ref _work, null) : null;
    }
}
