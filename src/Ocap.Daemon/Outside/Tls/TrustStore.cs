using Org.BouncyCastle.X509;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>
/// The certificates that this machine trusts: those of <c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c> if either is set, or else of the distribution. They are
/// read when they are first needed, and again when the files have changed.
/// </summary>
internal sealed class TrustStore(Func<string, string?> environment)
{
    private static readonly string[] Bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", // Debian, Arch, Alpine
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", // SUSE
        "/etc/ssl/cert.pem",
    ];

    private readonly Lock _lock = new();
    private string? _readAs;
    private IReadOnlySet<X509Certificate> _anchors = new HashSet<X509Certificate>();

    internal static TrustStore OfSystem { get; } = new(Environment.GetEnvironmentVariable);

    /// <exception cref="TlsFailedException">There are none.</exception>
    internal IReadOnlySet<X509Certificate> Anchors()
    {
        lock (_lock)
        {
            string[] sources = Sources();
            string readAs = string.Join('\n', sources.Select(static path => $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {(File.Exists(path) ? new FileInfo(path).Length : 0)}"));
            if (!string.Equals(readAs, _readAs, StringComparison.Ordinal))
            {
                _anchors = Read(sources);
                _readAs = readAs;
            }

            return _anchors;
        }
    }

    private string[] Sources()
    {
        string? file = environment("SSL_CERT_FILE"), directories = environment("SSL_CERT_DIR");
        if (string.IsNullOrEmpty(file) && string.IsNullOrEmpty(directories))
        {
            return Bundles.FirstOrDefault(File.Exists) is { } bundle
                ? [bundle]
                : throw new TlsFailedException("no certificates that this machine trusts were found: install ca-certificates, or set SSL_CERT_FILE to a file of them in PEM", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY");
        }

        string[] directory = directories?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return string.IsNullOrEmpty(file) ? directory : [file, .. directory];
    }

    private static HashSet<X509Certificate> Read(string[] sources)
    {
        HashSet<X509Certificate> anchors = [];
        foreach (string source in sources)
        {
            try
            {
                foreach (string file in Directory.Exists(source) ? Directory.GetFiles(source) : [source])
                {
                    anchors.UnionWith(PemCertificates.In(File.ReadAllText(file)));
                }
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                throw new TlsFailedException($"the trusted certificates cannot be read: {unreadable.Message} Set SSL_CERT_FILE to a file of them in PEM", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", unreadable);
            }
        }

        return anchors.Count > 0
            ? anchors
            : throw new TlsFailedException($"no trusted certificates are in {string.Join(" and ", sources)}: set SSL_CERT_FILE to a file of them in PEM", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY");
    }
}
