namespace Ocap.Daemon.Outside.Io;

/// <summary>What an IO channel may cost, in bytes and in calls.</summary>
internal sealed record ChannelLimits
{
    internal static readonly ChannelLimits Default = new();

    /// <summary>The longest line, in and out. A client that sends a longer one is disconnected.</summary>
    internal int LineBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Received bytes that wait to be read; then no more are taken from the client until some are.</summary>
    internal int UnreadBytes { get; init; } = 1024 * 1024;

    /// <summary>Written bytes that wait for the client to take them; then writing is an error.</summary>
    internal int UnsentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Reads that may wait for lines; then the oldest of them is rejected.</summary>
    internal int WaitingReads { get; init; } = 1_000;
}
