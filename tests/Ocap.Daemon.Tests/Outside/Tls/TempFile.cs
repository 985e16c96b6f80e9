using Ocap.Daemon.Outside.Tls;

namespace Ocap.Daemon.Tests.Outside.Tls;

/// <summary>A file for the time of a test.</summary>
internal sealed class TempFile : IDisposable
{
    internal TempFile(string content) => File.WriteAllText(Path, content);

    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"ocap-tls-{Guid.NewGuid():N}.pem");

    /// <summary>Its certificates, as those that are trusted.</summary>
    internal TrustStore Trust => TrustIn(Path);

    internal static TrustStore TrustIn(string path) => new(name => name == "SSL_CERT_FILE" ? path : null);

    public void Dispose() => File.Delete(Path);
}
