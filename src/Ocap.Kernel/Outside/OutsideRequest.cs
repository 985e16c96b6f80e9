namespace Ocap.Kernel.Outside;

/// <summary>What a vat asks of the world outside the kernel in a crank. It is asked only if the crank is kept.</summary>
/// <param name="Id">The vat's name for it; each heap counts its own.</param>
public abstract record OutsideRequest(long Id);

/// <summary>Fire in so many milliseconds. One that repeats is asked for anew with each firing that is delivered; the outside world fires once each time.</summary>
public sealed record StartTimer(long Id, long Milliseconds, bool Repeats) : OutsideRequest(Id);

/// <summary>An HTTP request. It leaves when the crank that asked for it is durable (K17).</summary>
/// <param name="Id">The vat's name for it.</param>
/// <param name="Method">GET, POST…</param>
/// <param name="Url">Absolute, normalized.</param>
/// <param name="Headers">Names and values in order; a name may come several times.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Redirect">What a redirect does: follow, error or manual.</param>
public sealed record StartFetch(
    long Id, string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body, string Redirect) : OutsideRequest(Id);

/// <summary>The vat has room for the next piece of a response's body.</summary>
public sealed record ContinueFetch(long Id) : OutsideRequest(Id)
{
    /// <summary>The last piece is not yet decoded to its end: nothing new is to be read, but what is left of it is to be told in a crank of its own.</summary>
    public bool HasRest { get; init; }
}

/// <summary>The content of a file.</summary>
public sealed record ReadFile(long Id, string Path) : OutsideRequest(Id);

/// <summary>Whether a file may be used so.</summary>
/// <param name="Id">The vat's name for it.</param>
/// <param name="Path">The file.</param>
/// <param name="Mode">As <c>access(2)</c> has it: 0 exists, 4 read, 2 write, 1 execute.</param>
public sealed record AccessFile(long Id, string Path, int Mode) : OutsideRequest(Id);

/// <summary>The vat no longer wants what it asked for under this id.</summary>
public sealed record CancelRequest(long Id) : OutsideRequest(Id);
