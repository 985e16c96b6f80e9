namespace Ocap.Kernel.Outside;

/// <summary>What came of a vat's request to the outside world. Each is a crank of its own (K19).</summary>
public abstract record OutsideEvent
{
    /// <summary>Nothing more comes of that request.</summary>
    public virtual bool IsLast => true;
}

/// <summary>A timer's time has come; whether it comes again, its request said.</summary>
public sealed record TimerFired : OutsideEvent;

/// <summary>A response has begun.</summary>
/// <param name="Status">200, 404…</param>
/// <param name="StatusText">The reason phrase; may be empty.</param>
/// <param name="Url">Where it came from, after redirects.</param>
/// <param name="IsRedirected">Whether there were any.</param>
/// <param name="Headers">Names and values in order.</param>
public sealed record ResponseHead(int Status, string StatusText, string Url, bool IsRedirected, IReadOnlyList<KeyValuePair<string, string>> Headers) : OutsideEvent
{
    /// <summary>
    /// The codings that the pieces of the body still have (gzip, deflate, br), in the order in which they were put on. They are taken off where the vat's code
    /// runs: decoders are not to read what a server sends where keys and files are.
    /// </summary>
    public IReadOnlyList<string> Codings { get; init; } = [];

    /// <inheritdoc />
    public override bool IsLast => false;
}

/// <summary>A piece of a response's body as it came; the next one is read when the vat asks for it. Without bytes when that was all it asked for (<see cref="ContinueFetch.HasRest"/>).</summary>
public sealed record BodyPiece(ReadOnlyMemory<byte> Bytes) : OutsideEvent
{
    /// <inheritdoc />
    public override bool IsLast => false;
}

/// <summary>The body has ended.</summary>
public sealed record BodyEnd : OutsideEvent;

/// <summary>A file's content.</summary>
public sealed record FileContent(ReadOnlyMemory<byte> Bytes) : OutsideEvent;

/// <summary>A file may be used as was asked.</summary>
public sealed record FileAccessible : OutsideEvent;

/// <summary>It could not be done.</summary>
/// <param name="Kind">The class of the error the vat's code gets: Error, TypeError…</param>
/// <param name="Message">Its message.</param>
/// <param name="Code">Its <c>code</c> property (ENOENT), or null.</param>
public sealed record OutsideFailure(string Kind, string Message, string? Code) : OutsideEvent;
