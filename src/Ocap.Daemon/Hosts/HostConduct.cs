using System.Diagnostics;
using System.Globalization;

namespace Ocap.Daemon.Hosts;

/// <summary>
/// What a host's process does, seen from outside. Limits are kept within the host, by code that a vat might have taken over; these need nothing of it: how much memory
/// it has, how long a crank lasts, and how much processor time it uses while it has none. The watching thread's.
/// </summary>
internal sealed class HostConduct(HostPatience patience, long mostResident)
{
    /// <summary>What may be used of one processor without a crank: collections, threads that end.</summary>
    private const double IdleShare = 0.1;

    private long _lookedAt = Stopwatch.GetTimestamp();
    private TimeSpan _used;
    private long _delivered;
    private bool _wasIdle;

    /// <summary>Processor time that it used in a row without a crank.</summary>
    internal TimeSpan UsedIdly { get; private set; }

    /// <summary>Looks at it again. What it does that no host may do, or null.</summary>
    /// <param name="process">The host's.</param>
    /// <param name="crank">For how long it has had the oldest of the cranks it has; zero when it has none.</param>
    /// <param name="delivered">How many cranks it has been given so far.</param>
    internal string? Fault(IHostProcess process, TimeSpan crank, long delivered)
    {
        long resident = process.ResidentBytes;
        Look(process.ProcessorTime, crank == TimeSpan.Zero, delivered);
        return resident > mostResident ? Say($"it had {resident >> 20} MiB in memory; it may have {mostResident >> 20}")
            : crank > patience.Crank ? Say($"one crank lasted {crank.TotalMinutes:0.#} minutes; it may last {patience.Crank.TotalMinutes:0.#}")
            : UsedIdly > patience.Idle ? Say($"it used {UsedIdly.TotalSeconds:0.#} s of processor time while it had nothing to execute")
            : null;
    }

    private void Look(TimeSpan used, bool isIdle, long delivered)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_lookedAt), since = used - _used;
        UsedIdly = isIdle && _wasIdle && delivered == _delivered && since > elapsed * IdleShare ? UsedIdly + since : TimeSpan.Zero;
        (_lookedAt, _used, _delivered, _wasIdle) = (Stopwatch.GetTimestamp(), used, delivered, isIdle);
    }

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
