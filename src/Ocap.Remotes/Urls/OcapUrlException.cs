namespace Ocap.Remotes.Urls;

/// <summary>A URL cannot be redeemed; the message says why.</summary>
internal sealed class OcapUrlException(string message) : Exception(message);
