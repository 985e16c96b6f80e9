namespace Ocap.Cli.Watching;

/// <summary>A source and what its last bundling showed.</summary>
internal sealed class WatchedSource
{
    /// <summary>The files that went into its newest bundle, itself included, and what they were then.</summary>
    internal Dictionary<string, FileStamp> Inputs { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Why there is no bundle of what it is now; null when there is.</summary>
    internal string? Failure { get; set; }

    /// <summary>What has been said about it: a warning that goes on is not news.</summary>
    internal HashSet<string> Warned { get; } = new(StringComparer.Ordinal);
}
