namespace Ocap.Daemon.Kernel;

/// <summary>
/// A thread that has brought something and lends itself while it has nothing better to do: it runs the kernel and sends the answers itself, where otherwise
/// a thread would have to be woken for each (about 20 µs a time). What it posts in the meantime is run when its loan ends, which is when it holds no lock.
/// </summary>
internal sealed class LentThread
{
    [ThreadStatic]
    private static LentThread? t_idle;

    [ThreadStatic]
    private static LentThread? t_current;

    private readonly List<IThreadPoolWorkItem> _work = [];
    private KernelThread? _kernel;

    /// <summary>Begins a loan of this thread. It ends with the scope, on the same thread and without a lock held.</summary>
    internal static Scope Lend()
    {
        if (t_current is not null)
        {
            return default;
        }

        t_current = t_idle ??= new LentThread();
        return new Scope(t_current);
    }

    /// <summary>True when this thread is lent and will see to the kernel's events.</summary>
    internal static bool TryTake(KernelThread kernel)
    {
        if (t_current is not { } lent || (lent._kernel is not null && lent._kernel != kernel))
        {
            return false;
        }

        lent._kernel = kernel;
        return true;
    }

    /// <summary>Runs something short on this thread at the end of its loan, else on the thread pool.</summary>
    internal static void Run(IThreadPoolWorkItem work)
    {
        if (t_current is { } lent)
        {
            lent._work.Add(work);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    private void End()
    {
        try
        {
            while (true)
            {
                if (Interlocked.Exchange(ref _kernel, null) is { } kernel)
                {
                    kernel.RunHere();
                }
                else if (_work.Count > 0)
                {
                    IThreadPoolWorkItem work = _work[0];
                    _work.RemoveAt(0);
                    work.Execute();
                }
                else
                {
                    return;
                }
            }
        }
        finally
        {
            t_current = null;
        }
    }

    /// <summary>The time of a loan.</summary>
    internal readonly ref struct Scope(LentThread? lent)
    {
        /// <summary>Ends the loan.</summary>
        public void Dispose() => lent?.End();
    }
}
