namespace Ocap.Daemon.Log;

/// <summary>How much a line of the log matters, in the reference's words.</summary>
public enum LogLevel : byte
{
    /// <summary>For whoever debugs the daemon.</summary>
    Debug,

    /// <summary>A step in the daemon's life.</summary>
    Info,

    /// <summary>What a vat wrote with <c>console.log</c>, and notes of the kernel.</summary>
    Log,

    /// <summary>Something that somebody may want to look at.</summary>
    Warn,

    /// <summary>Something that failed.</summary>
    Error,
}
