namespace Ocap.Daemon.Outside.Fetch;

/// <summary>
/// URLs whose path and query are not touched any more: the vat has normalized them, and what the framework would still change (%41 to A, | to %7C), a
/// signature may cover.
/// </summary>
internal static class ExactUrl
{
    private static readonly UriCreationOptions Exact = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Null when it has not been normalized: the end of a line in it would begin another header.</summary>
    internal static Uri? Of(string url) => url.All(static c => c is > ' ' and <= '~') && Uri.TryCreate(url, Exact, out Uri? parsed) ? parsed : null;
}
