namespace Ocap.Kernel.Tests.Doubles;

/// <summary>A world that stands still: time moves and events run when the test says so.</summary>
internal sealed class TestPowers : IKernelPowers
{
    private readonly Queue<Action> _inbox = new();
    private int _ids;

    public long Milliseconds { get; set; } = 1_000;

    internal long? WakesAt { get; private set; }

    internal List<string> Errors { get; } = [];

    internal List<string> Lines { get; } = [];

    internal string? Died { get; private set; }

    internal bool HasEvents => _inbox.Count > 0;

    public void Post(Action kernelEvent) => _inbox.Enqueue(kernelEvent);

    public void WakeAt(long milliseconds) => WakesAt = Math.Min(WakesAt ?? long.MaxValue, milliseconds);

    public void Log(string level, string message)
    {
        Lines.Add($"[{level}] {message}");
        if (level == "error")
        {
            Errors.Add(message);
        }
    }

    public string NewId() => $"00000000-0000-4000-8000-{++_ids:d12}";

    public void Fatal(string reason) => Died = reason;

    /// <summary>Runs the events that have come in, then pumps once, as the kernel's thread does. True when there is more to do at once.</summary>
    internal bool Round(KernelLoop loop, int steps = 64)
    {
        while (_inbox.TryDequeue(out Action? next))
        {
            next();
        }

        return loop.Pump(steps);
    }

    /// <summary>Runs the events that have come in, then pumps until nothing is left that can be done now.</summary>
    internal void Settle(KernelLoop loop)
    {
        while (Round(loop) || HasEvents)
        {
        }
    }

    /// <summary>Moves the clock to where the kernel asked to be woken.</summary>
    internal void Wake(KernelLoop loop)
    {
        if (WakesAt is { } at)
        {
            WakesAt = null;
            Milliseconds = Math.Max(Milliseconds, at);
        }

        Settle(loop);
    }
}
