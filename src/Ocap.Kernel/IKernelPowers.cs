namespace Ocap.Kernel;

/// <summary>What the kernel needs of the world around it, and nothing else: it has no clock, thread, file or socket of its own.</summary>
public interface IKernelPowers
{
    /// <summary>Milliseconds since any fixed moment; never goes back.</summary>
    long Milliseconds { get; }

    /// <summary>Runs an event where the kernel runs, in the order posted, and pumps the loop after it. Any thread.</summary>
    void Post(Action kernelEvent);

    /// <summary>The same, by a thread that holds no lock and has nothing else to do just then: the kernel may run on it before this returns.</summary>
    void PostLast(Action kernelEvent) => Post(kernelEvent);

    /// <summary>Asks for a pump at <paramref name="milliseconds"/> or soon after it. A later request replaces an earlier one only when it is sooner.</summary>
    void WakeAt(long milliseconds);

    /// <summary>A line for the log. Levels: debug, info, warn, error.</summary>
    void Log(string level, string message);

    /// <summary>A new random id (UUID version 4).</summary>
    string NewId();

    /// <summary>The store can no longer be written: the process must end. Nothing that was not durable has been told to anyone.</summary>
    void Fatal(string reason);
}
