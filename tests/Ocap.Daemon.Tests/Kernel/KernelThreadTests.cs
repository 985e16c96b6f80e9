using System.Diagnostics;
using Ocap.Daemon.Kernel;
using Ocap.Daemon.Log;

namespace Ocap.Daemon.Tests.Kernel;

/// <summary>Who runs the kernel, and when: its own thread, or one that lends itself.</summary>
internal sealed class KernelThreadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocap-kernel-thread-");
    private readonly DaemonLog _log;
    private readonly KernelThread _kernel;
    private readonly Pump _pump = new();

    public KernelThreadTests()
    {
        _log = new DaemonLog(Path.Combine(_folder.FullName, "daemon.log"), TimeProvider.System);
        _kernel = new KernelThread(_log, static reason => throw new InvalidOperationException(reason));
    }

    public void Dispose()
    {
        _kernel.End();
        _log.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Events_posted_before_the_start_run_after_it_even_from_a_lent_thread()
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (LentThread.Lend())
        {
            _kernel.Post(ran.SetResult);
        }

        bool early = ran.Task.IsCompleted;
        Start();
        await ran.Task.WaitAsync(Patience);
        await Assert.That(early).IsFalse();
    }

    [Test]
    public async Task A_lent_thread_runs_what_it_posts_and_then_its_work()
    {
        Start();
        await SleepAsync();
        List<string> order = [];
        int here = Environment.CurrentManagedThreadId;
        using (LentThread.Lend())
        {
            _kernel.Post(() =>
            {
                order.Add(Environment.CurrentManagedThreadId == here ? "event here" : "event elsewhere");
                LentThread.Run(new Work(() => order.Add("work")));
            });
            order.Add("end of the loan");
        }

        await Assert.That(order).IsEquivalentTo(["end of the loan", "event here", "work"], TUnit.Assertions.Enums.CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_thread_that_is_not_lent_does_not_run_the_kernel()
    {
        Start();
        await SleepAsync();
        var ranOn = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        int here = Environment.CurrentManagedThreadId;
        _kernel.Post(() => ranOn.SetResult(Environment.CurrentManagedThreadId));
        await Assert.That(await ranOn.Task.WaitAsync(Patience)).IsNotEqualTo(here);
    }

    [Test]
    public async Task What_a_lent_thread_leaves_over_is_done_by_the_kernels_own()
    {
        Start();
        await SleepAsync();
        int left = 1_000;
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pump.Does = _ =>
        {
            if (--left == 0)
            {
                done.SetResult(Environment.CurrentManagedThreadId);
            }

            return left > 0;
        };
        int here = Environment.CurrentManagedThreadId;
        _kernel.PostLast(static () => { });
        await Assert.That(await done.Task.WaitAsync(Patience)).IsNotEqualTo(here);
    }

    [Test]
    public async Task A_time_that_a_lent_thread_asked_for_is_kept()
    {
        Start();
        await SleepAsync();
        var due = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        long from = Stopwatch.GetTimestamp();
        long at = 0;
        _kernel.PostLast(() =>
        {
            at = _kernel.Milliseconds + 60;
            _kernel.WakeAt(at);
            _pump.Does = _ =>
            {
                if (_kernel.Milliseconds >= at)
                {
                    due.TrySetResult(Stopwatch.GetElapsedTime(from));
                }

                return false;
            };
        });
        await Assert.That(await due.Task.WaitAsync(Patience)).IsGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(55));
        int pumps = _pump.Count;
        await Task.Delay(100);
        await Assert.That(_pump.Count).IsEqualTo(pumps);
    }

    [Test]
    public async Task Events_of_many_threads_never_overlap_and_none_is_lost()
    {
        const int Threads = 8;
        const int Each = 20_000;
        Start();
        int running = 0;
        int overlaps = 0;
        int[] next = new int[Threads];
        int disorder = 0;
        int total = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                int turn = i;
                void Event()
                {
                    overlaps += Interlocked.Increment(ref running) == 1 ? 0 : 1;
                    disorder += next[number]++ == turn ? 0 : 1;
                    Interlocked.Decrement(ref running);
                    if (++total == Threads * Each)
                    {
                        done.SetResult();
                    }
                }

                if (number % 2 == 0)
                {
                    _kernel.Post(Event);
                }
                else if (i % 3 == 0)
                {
                    _kernel.PostLast(Event);
                }
                else
                {
                    using (LentThread.Lend())
                    {
                        _kernel.Post(Event);
                    }
                }

                if (i % 512 == number)
                {
                    Thread.Sleep(1);
                }
            }
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.That((overlaps, disorder)).IsEqualTo((0, 0));
    }

    [Test]
    public async Task An_event_and_a_pump_that_fail_cost_themselves_only()
    {
        Start();
        await SleepAsync();
        _pump.Does = static _ => throw new InvalidOperationException("a broken pump");
        _kernel.PostLast(static () => throw new InvalidOperationException("a broken event"));
        _pump.Does = static _ => false;
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _kernel.Post(ran.SetResult);
        await ran.Task.WaitAsync(Patience);
        string log = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "daemon.log"));
        await Assert.That(log).Contains("a broken event").And.Contains("a broken pump");
    }

    private void Start() => _kernel.Start(_pump.Run);

    /// <summary>Until the kernel's own thread has surely gone to sleep.</summary>
    private async Task SleepAsync()
    {
        while (_pump.Count == 0)
        {
            await Task.Delay(1);
        }

        await Task.Delay(50);
    }

    private sealed class Pump
    {
        private int _count;

        internal int Count => Volatile.Read(ref _count);

        internal Func<int, bool> Does { get; set; } = static _ => false;

        internal bool Run(int steps)
        {
            Interlocked.Increment(ref _count);
            return Does(steps);
        }
    }

    private sealed class Work(Action run) : IThreadPoolWorkItem
    {
        public void Execute() => run();
    }
}
