using System.Globalization;

namespace Ocap.EndToEnd.Tests.Limits.Attacks;

/// <summary>What is promised of an attack.</summary>
internal enum AttackKind
{
    /// <summary>It ends at its limit, and even its neighbours notice nothing.</summary>
    Loop,

    /// <summary>It ends, and its process is killed; its neighbours are back within a second.</summary>
    Unstoppable,

    /// <summary>It ends; its neighbours, who share the heap, may have to wait.</summary>
    Bomb,

    /// <summary>It is answered with an error, or ends.</summary>
    Stack,
}

/// <summary>What an asker saw: its answers' times in order of length.</summary>
internal sealed record Answers(TimeSpan[] Sorted)
{
    internal TimeSpan P99 => Sorted.Length == 0 ? TimeSpan.MaxValue : Sorted[(int)(Sorted.Length * 0.99)];

    internal TimeSpan Longest => Sorted.Length == 0 ? TimeSpan.MaxValue : Sorted[^1];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sorted.Length,5} {P99.TotalMilliseconds,6:0.0} {Longest.TotalMilliseconds,7:0.0}");
}

/// <summary>One attack and what it did.</summary>
internal sealed record AttackRow(AttackKind Kind, string Shape)
{
    /// <summary>MiB that the daemon, and its hosts, may have kept of an attack (S8).</summary>
    internal const long MayRemain = 64;

    /// <summary>What its caller was told.</summary>
    internal required string Told { get; init; }

    /// <summary>How long it took, by the clock.</summary>
    internal required TimeSpan Took { get; init; }

    /// <summary>CPU time that its process used meanwhile, of all threads.</summary>
    internal required TimeSpan Used { get; init; }

    /// <summary>What CPU time its delivery was allowed.</summary>
    internal required TimeSpan Limit { get; init; }

    /// <summary>Of a vat in the same process.</summary>
    internal required Answers Neighbour { get; init; }

    /// <summary>Of a vat in another process.</summary>
    internal required Answers Apart { get; init; }

    /// <summary>Above which the 99th percentile is noticed.</summary>
    internal required TimeSpan Patience { get; init; }

    /// <summary>MiB that the daemon had in memory at most, above what it had before.</summary>
    internal required long DaemonPeak { get; init; }

    /// <summary>MiB that the daemon and its hosts had in memory in the end, above what they had before.</summary>
    internal required (long Daemon, long Hosts) Remained { get; init; }

    /// <summary>When that was so.</summary>
    internal required TimeSpan BackAfter { get; init; }

    /// <summary>The daemon is the same, and lives.</summary>
    internal required bool Lives { get; init; }

    internal static string Heading(AttackKind kind) =>
        $"{kind,-38} {"s",6} {"cpu s",6} | neighbour: n, p99, longest ms | apart: n, p99, longest ms | daemon MiB: peak, left | hosts: left | after s | told";

    private string ShortlyTold => Told.Length <= 60 ? Told : Told[..60] + "…";

    /// <summary>The promises that it broke, a sentence for each.</summary>
    internal IEnumerable<string> Broken(string[] reasons)
    {
        if (!reasons.Any(reason => Told.Contains(reason, StringComparison.Ordinal)))
            yield return $"{Shape}: its caller was told {ShortlyTold}";

        // On a machine that others use, the clock runs on while the vat waits; on one that has time, both are the same but for collections.
        TimeSpan most = Limit + TimeSpan.FromSeconds(Kind == AttackKind.Unstoppable ? 1 : 0.5);
        TimeSpan least = Used < Took ? Used : Took;
        if (Kind is AttackKind.Loop or AttackKind.Unstoppable && least > most)
            yield return $"{Shape}: it took {least.TotalSeconds:0.00} s of {most.TotalSeconds:0.00} s";
        if (Apart.P99 > Patience)
            yield return $"{Shape}: a vat of another process waited {Apart.P99.TotalMilliseconds:0} ms of {Patience.TotalMilliseconds:0} ms";
        if (Kind is AttackKind.Loop or AttackKind.Stack && Neighbour.P99 > Patience)
            yield return $"{Shape}: a vat of the same process waited {Neighbour.P99.TotalMilliseconds:0} ms of {Patience.TotalMilliseconds:0} ms";
        if (Remained.Daemon > MayRemain || Remained.Hosts > MayRemain || DaemonPeak > MayRemain)
            yield return $"{Shape}: the daemon grew by {DaemonPeak} MiB and kept {Remained.Daemon} MiB, its hosts kept {Remained.Hosts} MiB";
        if (!Lives)
            yield return $"{Shape}: the daemon died";
    }

    public override string ToString()
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Shape,-38} {Took.TotalSeconds,6:0.00} {Used.TotalSeconds,6:0.00} | {Neighbour} | {Apart} | {DaemonPeak,5} {Remained.Daemon,5} | {Remained.Hosts,5} | {BackAfter.TotalSeconds,4:0.0} | {ShortlyTold}");
    }
}
