namespace Ocap.Vats.Hosting;

/// <summary>
/// Threads that take turns at reading the link. Who finds a crank there runs it at once, and the next one reads on meanwhile: so a crank starts without
/// another thread having to be woken for it, and one that never ends blocks nobody.
/// </summary>
/// <param name="stackBytes">Stack that vat code needs.</param>
/// <param name="next">Reads until there is a crank to run, which says whether its thread may serve again; null at the end. Called by one thread at a time.</param>
internal sealed class ReadingThreads(int stackBytes, Func<Func<bool>?> next)
{
    // More than the processors can run at once: with fewer, threads would end and be started again as cranks overlap and do not.
    private readonly int _mostWaiting = Environment.ProcessorCount + 2;
    private readonly object _reading = new();
    private readonly ManualResetEventSlim _ended = new();
    private int _waiting;

    /// <summary>Runs until there is no more to read.</summary>
    internal void Run()
    {
        Start();
        _ended.Wait();
    }

    private void Start() => new Thread(Serve, stackBytes) { IsBackground = true, Name = "vat" }.Start();

    private void Serve()
    {
        while (Volatile.Read(ref _waiting) < _mostWaiting)
        {
            Func<bool>? crank;
            Interlocked.Increment(ref _waiting);
            lock (_reading)
            {
                Interlocked.Decrement(ref _waiting);
                crank = _ended.IsSet ? null : next();
                if (crank is null)
                {
                    _ended.Set();
                    return;
                }
            }

            if (Volatile.Read(ref _waiting) == 0)
            {
                Start();
            }

            if (!crank())
            {
                return;
            }
        }
    }
}
