using Ocap.Kernel.State;
using Ocap.Kernel.Store;

namespace Ocap.Kernel.Batches;

/// <summary>Hands batches to the store: when (K21), one at a time and in order (K15), again after a full disk (K16).</summary>
internal sealed class BatchWriter(CommittedState state, IKernelStore store, IKernelPowers powers, KernelOptions options)
{
    private const int WriteAtCommits = 64;
    private const long WriteAtSize = 256 * 1024;
    private const int PauseAtCommits = 1024;
    private const long PauseAtSize = 8 * 1024 * 1024;
    private const int RetryMilliseconds = 250;

    private long _fillingSince = -1;
    private long _retryAt;

    /// <summary>Why the last batch could not be written, while it waits to be tried again; else null.</summary>
    internal string? Fault { get; private set; }

    /// <summary>True while the disk is so far behind, or so broken, that nothing more may be dispatched.</summary>
    internal bool MustPause => Fault is not null || (state.IsWriting && (state.Filling.Commits >= PauseAtCommits || state.Filling.Size >= PauseAtSize));

    /// <summary>Writes the filling batch if it is time.</summary>
    /// <param name="outputWaits">Somebody waits for what is not durable yet.</param>
    /// <param name="isQuiet">Nothing executes and nothing can be dispatched.</param>
    internal void WriteIfDue(bool outputWaits, bool isQuiet)
    {
        if (Fault is not null)
        {
            Retry();
            return;
        }

        if (state.IsWriting)
        {
            return;
        }

        Layer filling = state.Filling;
        if (filling.IsEmpty)
        {
            state.NothingToWrite();
            _fillingSince = -1;
            return;
        }

        long now = powers.Milliseconds;
        if (_fillingSince < 0)
        {
            _fillingSince = now;
        }

        if (outputWaits || isQuiet || filling.Commits >= WriteAtCommits || filling.Size >= WriteAtSize || now - _fillingSince >= options.BatchMilliseconds)
        {
            _fillingSince = -1;
            Begin(state.TakeBatch());
        }
        else
        {
            powers.WakeAt(_fillingSince + options.BatchMilliseconds);
        }
    }

    private void Retry()
    {
        if (powers.Milliseconds >= _retryAt)
        {
            _retryAt = long.MaxValue;
            Begin(state.RetryBatch());
        }
        else if (_retryAt != long.MaxValue)
        {
            powers.WakeAt(_retryAt);
        }
    }

    private void Begin(WriteBatch batch) => store.BeginWrite(batch, fault => powers.PostLast(() => Written(fault)));

    private void Written(StoreFault? fault)
    {
        if (fault is null)
        {
            if (Fault is not null)
            {
                Fault = null;
                powers.Log("info", "The database can be written again; work goes on.");
            }

            state.BatchWritten();
            return;
        }

        if (!fault.CanRetry)
        {
            powers.Fatal(fault.Message);
            _retryAt = long.MaxValue;
            Fault = fault.Message;
            return;
        }

        if (Fault is null)
        {
            powers.Log("error", $"{fault.Message} Nothing is lost; work waits and goes on by itself when the database can be written.");
        }

        Fault = fault.Message;
        _retryAt = powers.Milliseconds + RetryMilliseconds;
    }
}
