namespace Ocap.Daemon.Outside.Fetch;

/// <summary>How much of the network a vat may take.</summary>
internal sealed record FetchLimits
{
    internal static FetchLimits Default { get; } = new();

    /// <summary>Requests of one vat that may be under way at once.</summary>
    internal int MostAtOnce { get; init; } = 64;

    /// <summary>Bytes of the bodies that one vat's requests under way send, all together: the daemon holds them until each has ended.</summary>
    internal long MostSentBytes { get; init; } = 64L * 1024 * 1024;

    internal int MostRedirects { get; init; } = 20;

    /// <summary>From the request to the head of the response, redirects included.</summary>
    internal TimeSpan HeadPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the vat, or the server, may leave the body alone.</summary>
    internal TimeSpan BodyPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of one body.</summary>
    internal long MostBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes of one event: what the vat is told in one crank.</summary>
    internal int PieceBytes { get; init; } = 64 * 1024;
}
