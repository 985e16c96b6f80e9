using System.Runtime.ExceptionServices;

namespace Ocap.Bench.InProcess;

/// <summary>A thread with the stack that vat code is given.</summary>
internal static class VatThread
{
    internal static void Run(Action work)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    work();
                }
                catch (Exception error)
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }
            },
            BenchVat.Limits.ThreadStackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Microseconds of CPU that this process uses for some work, collections included.</summary>
    internal static double CpuOf(Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
    }
}
