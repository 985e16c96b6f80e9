namespace Ocap.Daemon.Server;

/// <summary>What one client, and all of them together, may cost the daemon (design/architecture.md §5).</summary>
public sealed record ServerLimits
{
    /// <summary>The limits of the daemon; fewer connections where the process may open few files, of which the store and the vats need some.</summary>
    public static ServerLimits Default { get; } = new() { Connections = (int)Math.Clamp(Math.Max(OpenFiles.Limit / 4, OpenFiles.Limit - 512), 8, 512) };

    /// <summary>The longest request line in bytes, its newline included.</summary>
    public int LineBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long a line may take from its first byte (the first one: from the connection) to its last.</summary>
    public TimeSpan LineTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many connections are open at once.</summary>
    public int Connections { get; init; } = 512;

    /// <summary>Bytes of half-received lines over all connections.</summary>
    public long HalfReceivedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Requests in one batch.</summary>
    public int BatchRequests { get; init; } = 1000;

    /// <summary>Calls of one connection that are running; it is not read from while there are this many.</summary>
    public int RunningCalls { get; init; } = 4096;

    /// <summary>Answers of one connection that its client has not read; it is not read from while there are this many.</summary>
    public int UnreadAnswers { get; init; } = 256;

    /// <summary>
    /// Bytes of requests of one connection that have been read and are not on disk yet; it is not read from while there are this many. What they did
    /// counts no more when it is written: a call may take for ever, and the one that it waits for may come behind it.
    /// </summary>
    public long RequestBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The same over all connections.</summary>
    public long AllRequestBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of results of one connection that its client has not read; it is not read from while there are this many.</summary>
    public long UnreadBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of results of one connection that its client has not read; beyond this, calls that were running already are answered with an error in place of their results.</summary>
    public long MostUnreadBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The same over all connections.</summary>
    public long AllUnreadBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Database queries of one connection that are running or whose rows its client has not read; it is not read from while there are this many.</summary>
    public int Queries { get; init; } = 4;

    /// <summary>Bytes of query results that clients have not read, over all connections; beyond this, queries are refused.</summary>
    public long UnreadQueryBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>How deep parameters may be nested.</summary>
    public int ParamsDepth { get; init; } = 1000;

    /// <summary>How long a stopping server waits for calls that are running.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(1);
}
