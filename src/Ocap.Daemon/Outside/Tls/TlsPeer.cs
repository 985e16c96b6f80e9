using System.Net;
using System.Text;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.X509;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>What this side offers and demands: TLS 1.3 or 1.2, authenticated ciphers and fresh keys only, HTTP/1.1, and a certificate for the host.</summary>
internal sealed class TlsPeer(string host, TrustStore trust) : AbstractTlsClient(new TlsPrimitives())
{
    private static readonly int[] Ciphers =
    [
        CipherSuite.TLS_AES_128_GCM_SHA256,
        CipherSuite.TLS_AES_256_GCM_SHA384,
        CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    private static readonly SignatureAndHashAlgorithm[] Signatures =
    [
        new(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
        new(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa),
        new(HashAlgorithm.sha512, SignatureAlgorithm.ecdsa),
        SignatureAndHashAlgorithm.ed25519,
        SignatureAndHashAlgorithm.rsa_pss_rsae_sha256,
        SignatureAndHashAlgorithm.rsa_pss_rsae_sha384,
        SignatureAndHashAlgorithm.rsa_pss_rsae_sha512,
        SignatureAndHashAlgorithm.rsa_pss_pss_sha256,
        SignatureAndHashAlgorithm.rsa_pss_pss_sha384,
        SignatureAndHashAlgorithm.rsa_pss_pss_sha512,
        new(HashAlgorithm.sha256, SignatureAlgorithm.rsa),
        new(HashAlgorithm.sha384, SignatureAlgorithm.rsa),
        new(HashAlgorithm.sha512, SignatureAlgorithm.rsa),
    ];

    /// <summary>The handshake is done, and the server is who it says.</summary>
    internal bool IsReady { get; private set; }

    /// <summary>Why the server's certificate was refused, in words that the protocol has no room for.</summary>
    internal TlsFailedException? Refusal { get; private set; }

    public override void NotifyHandshakeComplete() => IsReady = true;

    public override TlsAuthentication GetAuthentication() => new Authentication(this);

    public override TlsKeyExchangeFactory GetKeyExchangeFactory() => new FreshKeys();

    /// <summary>The check of the chain does it, and says which certificate it was.</summary>
    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    protected override int[] GetSupportedCipherSuites() => Ciphers;

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) => [NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1];

    protected override IList<SignatureAndHashAlgorithm> GetSupportedSignatureAlgorithms() => Signatures;

    protected override IList<ProtocolName> GetProtocolNames() => [ProtocolName.Http_1_1];

    protected override CertificateStatusRequest? GetCertificateStatusRequest() => null;

    /// <summary>An address is never sent (RFC 6066 §3).</summary>
    protected override IList<ServerName>? GetSniServerNames() =>
        IPAddress.TryParse(host, out _) ? null : [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(host.TrimEnd('.')))];

    private void Require(Certificate sent)
    {
        try
        {
            if (sent.IsEmpty)
            {
                throw new TlsFailedException($"{host} sent no certificate", "CERT_REJECTED");
            }

            X509Certificate[] certificates = [.. sent.GetCertificateList().Select(static certificate => new X509Certificate(certificate.GetEncoded()))];
            ServerCertificateCheck.Require(host, certificates, trust.Anchors(), DateTime.UtcNow);
        }
        catch (TlsFailedException refused)
        {
            Refusal = refused;
            throw new TlsFatalAlert(AlertDescription.bad_certificate, refused);
        }
        catch (Exception unreadable)
        {
            // A certificate can be malformed in ways that nobody has thought of.
            Refusal = new TlsFailedException($"the certificate of {host} is refused: it cannot be read ({unreadable.Message})", "CERT_REJECTED", unreadable);
            throw new TlsFatalAlert(AlertDescription.bad_certificate, unreadable);
        }
    }

    /// <summary>The server shows who it is; this side has no certificate to show.</summary>
    private sealed class Authentication(TlsPeer peer) : ServerOnlyTlsAuthentication
    {
        public override void NotifyServerCertificate(TlsServerCertificate serverCertificate) => peer.Require(serverCertificate.Certificate);
    }

    /// <summary>Of TLS 1.2's key exchanges, only the one whose keys are made for the connection.</summary>
    private sealed class FreshKeys : AbstractTlsKeyExchangeFactory
    {
        public override TlsKeyExchange CreateECDheKeyExchangeClient(int keyExchange) => new TlsECDheKeyExchange(keyExchange);
    }
}
