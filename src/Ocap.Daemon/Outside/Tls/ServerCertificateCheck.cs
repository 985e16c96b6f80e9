using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.Utilities.Collections;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Store;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>Whether the certificates that a server sent prove that it is the host that was asked for (RFC 5280, 9525). Revocation is not looked up.</summary>
internal static class ServerCertificateCheck
{
    private const int DigitalSignature = 0;
    private const int SignsCertificates = 5;

    /// <param name="host">Whom the connection is for.</param>
    /// <param name="sent">The server's own certificate first.</param>
    /// <param name="anchors">The certificates trusted here.</param>
    /// <param name="now">By which certificates begin and expire.</param>
    /// <exception cref="TlsFailedException">They do not prove it.</exception>
    internal static void Require(string host, IReadOnlyList<X509Certificate> sent, IReadOnlySet<X509Certificate> anchors, DateTime now)
    {
        X509Certificate own = sent[0];
        if (!CertificateNames.IsFor(own, host))
        {
            throw Refused(host, $"it is for {CertificateNames.Shown(own)}; use a name it is for, or give the server a certificate for {host}", "ERR_TLS_CERT_ALTNAME_INVALID");
        }

        RequireInTime(host, own, now);
        RequireForServers(host, own);
        IReadOnlyList<X509Certificate> chain = Chain(host, sent, anchors, now);
        foreach (X509Certificate certificate in chain.Take(chain.Count - 1).Append(own))
        {
            if (!SignatureRules.HasSoundSignature(certificate) && !anchors.Contains(certificate))
            {
                throw Refused(host, $"{Name(certificate)} is signed with {certificate.SigAlgName}, which can be forged; the server needs a new one", "CERT_SIGNATURE_FAILURE");
            }
        }

        if (chain.FirstOrDefault(static certificate => !SignatureRules.HasSoundKey(certificate)) is { } weak)
        {
            throw Refused(host, $"the key of {Name(weak)} is too weak; the server needs a new one", "EE_KEY_TOO_SMALL");
        }
    }

    /// <summary>The way from the server's certificate to one that is trusted, both included.</summary>
    private static IReadOnlyList<X509Certificate> Chain(string host, IReadOnlyList<X509Certificate> sent, IReadOnlySet<X509Certificate> anchors, DateTime now)
    {
        X509Certificate own = sent[0];
        var parameters = new PkixBuilderParameters(anchors.Select(static anchor => new TrustAnchor(anchor, null)).ToHashSet(), new X509CertStoreSelector { Certificate = own })
        {
            IsRevocationEnabled = false,
            Date = now,
            MaxPathLength = 8,
        };
        parameters.AddStoreCert(CollectionUtilities.CreateStore(sent));
        PkixCertPathBuilderResult found;
        try
        {
            found = new PkixCertPathBuilder().Build(parameters);
        }
        catch (Exception failed)
        {
            throw WhyNot(host, sent, anchors, now, failed);
        }

        X509Certificate anchor = found.TrustAnchor.TrustedCert;
        IReadOnlyList<X509Certificate> path = [.. found.CertPath.Certificates];
        if (!path[^1].Equals(anchor))
        {
            // RFC 5280 leaves the anchor's own fields to those who trust it.
            RequireInTime(host, anchor, now);
            RequireIssuer(host, anchor);
        }

        return [.. path, anchor];
    }

    /// <summary>The builder knows only that there is no way; a person wants to know what is missing.</summary>
    private static TlsFailedException WhyNot(string host, IReadOnlyList<X509Certificate> sent, IReadOnlySet<X509Certificate> anchors, DateTime now, Exception failed)
    {
        X509Certificate last = sent[0];
        for (int length = 0; length < sent.Count && !IsSelfIssued(last) && !anchors.Any(anchor => anchor.SubjectDN.Equivalent(last.IssuerDN)); length++)
        {
            if (sent.FirstOrDefault(other => other.SubjectDN.Equivalent(last.IssuerDN)) is not { } issuer)
            {
                return Refused(
                    host,
                    $"the issuer of {Name(last)}, {last.IssuerDN}, is neither sent by the server nor trusted here; the server must send its whole chain, or SSL_CERT_FILE must name a file with that issuer",
                    "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
            }

            try
            {
                RequireInTime(host, issuer, now);
                RequireIssuer(host, issuer);
            }
            catch (TlsFailedException reason)
            {
                return reason;
            }

            last = issuer;
        }

        if (IsSelfIssued(last) && !anchors.Contains(last))
        {
            return Refused(host, $"{Name(last)} is signed by itself and not trusted here; to trust it, put it into the file that SSL_CERT_FILE names", sent.Count == 1 ? "DEPTH_ZERO_SELF_SIGNED_CERT" : "SELF_SIGNED_CERT_IN_CHAIN");
        }

        Exception reasonable = failed;
        while (reasonable.InnerException is { } inner)
        {
            reasonable = inner;
        }

        return Refused(host, $"its chain does not hold: {reasonable.Message}", "CERT_UNTRUSTED");
    }

    private static void RequireInTime(string host, X509Certificate certificate, DateTime now)
    {
        if (now > certificate.NotAfter)
        {
            throw Refused(host, $"{Name(certificate)} expired on {certificate.NotAfter:yyyy-MM-dd HH:mm} UTC; the server needs a new one (or the clock here is wrong)", "CERT_HAS_EXPIRED");
        }

        if (now < certificate.NotBefore)
        {
            throw Refused(host, $"{Name(certificate)} is not valid before {certificate.NotBefore:yyyy-MM-dd HH:mm} UTC; is the clock here right?", "CERT_NOT_YET_VALID");
        }
    }

    private static void RequireForServers(string host, X509Certificate own)
    {
        bool mayServe = own.GetExtendedKeyUsage() is not { } usages || usages.Contains(KeyPurposeID.id_kp_serverAuth) || usages.Contains(KeyPurposeID.AnyExtendedKeyUsage);
        if (!mayServe || !Allows(own, DigitalSignature))
        {
            throw Refused(host, "it is not for servers (its key usage says so); the server needs one for serverAuth", "INVALID_PURPOSE");
        }
    }

    private static void RequireIssuer(string host, X509Certificate issuer)
    {
        // Only a root of the first version, which could not say so, may be silent about being an authority.
        bool isAuthority = issuer.GetBasicConstraints() >= 0 || (issuer.Version == 1 && IsSelfIssued(issuer));
        if (!isAuthority || !Allows(issuer, SignsCertificates))
        {
            throw Refused(host, $"it is issued by {Name(issuer)}, which may not issue any (CA:FALSE); the server needs one of a certificate authority", "INVALID_CA");
        }
    }

    private static bool Allows(X509Certificate certificate, int use) => certificate.GetKeyUsage() is not { } usage || usage[use];

    private static bool IsSelfIssued(X509Certificate certificate) => certificate.SubjectDN.Equivalent(certificate.IssuerDN);

    private static string Name(X509Certificate certificate) => certificate.SubjectDN.ToString() is { Length: > 0 } name ? $"'{name}'" : "the certificate";

    private static TlsFailedException Refused(string host, string why, string code) => new($"the certificate of {host} is refused: {why}", code);
}
