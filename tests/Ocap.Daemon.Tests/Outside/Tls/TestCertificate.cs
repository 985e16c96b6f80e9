using System.Text;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Ocap.Daemon.Tests.Outside.Tls;

/// <summary>A certificate made for a test, with its key, and those above it that a server would send with it.</summary>
internal sealed record TestCertificate(X509Certificate Certificate, AsymmetricCipherKeyPair Key, IReadOnlyList<TestCertificate> Above)
{
    private static int _serial;

    internal string Pem => Armored("CERTIFICATE", Certificate.GetEncoded());

    /// <summary>As a server sends it: without the root.</summary>
    internal string ChainPem => Pem + string.Concat(Above.Where(static above => !above.Certificate.SubjectDN.Equivalent(above.Certificate.IssuerDN)).Select(static above => above.Pem));

    internal string KeyPem
    {
        get
        {
            // OpenSSL cannot read a key that has its public half beside it.
            PrivateKeyInfo info = PrivateKeyInfoFactory.CreatePrivateKeyInfo(Key.Private);
            return Armored("PRIVATE KEY", new PrivateKeyInfo(info.PrivateKeyAlgorithm, info.ParsePrivateKey()).GetDerEncoded());
        }
    }

    internal static TestCertificate Root(string name = "test root", Shape? shape = null) => Make(null, name, (shape ?? new Shape()) with { IsAuthority = true });

    internal TestCertificate Authority(string name, Shape? shape = null) => Make(this, name, (shape ?? new Shape()) with { IsAuthority = true });

    internal TestCertificate For(params string[] hosts) => Special(new Shape(), hosts);

    internal TestCertificate Special(Shape shape, params string[] hosts) => Make(this, shape.Name, shape with { Hosts = hosts });

    /// <summary>A certificate that nobody but itself vouches for.</summary>
    internal static TestCertificate OwnFor(params string[] hosts) => Make(null, "alone", new Shape { Hosts = hosts });

    private static TestCertificate Make(TestCertificate? issuer, string name, Shape shape)
    {
        AsymmetricCipherKeyPair key = KeyOf(shape.Key);
        var generator = new X509V3CertificateGenerator();
        var subject = new X509Name($"CN={name}");
        generator.SetSerialNumber(BigInteger.ValueOf(Interlocked.Increment(ref _serial)));
        generator.SetSubjectDN(subject);
        generator.SetIssuerDN(issuer?.Certificate.SubjectDN ?? subject);
        generator.SetNotBefore(DateTime.UtcNow + shape.Begins);
        generator.SetNotAfter(DateTime.UtcNow + shape.Ends);
        generator.SetPublicKey(key.Public);
        if (shape.IsAuthority)
        {
            generator.AddExtension(X509Extensions.BasicConstraints, critical: true, shape.PathLength is { } length ? new BasicConstraints(length) : new BasicConstraints(cA: true));
            generator.AddExtension(X509Extensions.KeyUsage, critical: true, new KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CrlSign));
        }
        else
        {
            generator.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(cA: false));
            generator.AddExtension(X509Extensions.ExtendedKeyUsage, critical: false, new ExtendedKeyUsage(shape.Purpose));
            generator.AddExtension(X509Extensions.SubjectAlternativeName, critical: false, new GeneralNames([.. shape.Hosts.Select(NameOf)]));
        }

        if (shape.OnlyUnder is { } domain)
        {
            generator.AddExtension(X509Extensions.NameConstraints, critical: true, new NameConstraints(new GeneralSubtrees(new GeneralSubtree(new GeneralName(GeneralName.DnsName, domain))), null));
        }

        AsymmetricKeyParameter signer = (issuer?.Key ?? key).Private;
        string algorithm = signer switch
        {
            Ed25519PrivateKeyParameters => "Ed25519",
            ECPrivateKeyParameters => shape.Digest + "WITHECDSA",
            _ => shape.Digest + "WITHRSA",
        };
        X509Certificate made = generator.Generate(new Asn1SignatureFactory(algorithm, signer));
        return new TestCertificate(made, key, issuer is null ? [] : [issuer, .. issuer.Above]);
    }

    private static GeneralName NameOf(string host) => new(System.Net.IPAddress.TryParse(host, out _) ? GeneralName.IPAddress : GeneralName.DnsName, host);

    private static AsymmetricCipherKeyPair KeyOf(string kind)
    {
        var random = new SecureRandom();
        if (kind.StartsWith("RSA", StringComparison.Ordinal))
        {
            var rsa = new RsaKeyPairGenerator();
            rsa.Init(new RsaKeyGenerationParameters(BigInteger.ValueOf(65537), random, int.Parse(kind[3..], System.Globalization.CultureInfo.InvariantCulture), 25));
            return rsa.GenerateKeyPair();
        }

        if (kind == "Ed25519")
        {
            var edwards = new Ed25519KeyPairGenerator();
            edwards.Init(new Ed25519KeyGenerationParameters(random));
            return edwards.GenerateKeyPair();
        }

        var curve = new ECKeyPairGenerator("EC");
        curve.Init(new ECKeyGenerationParameters(Org.BouncyCastle.Asn1.Nist.NistNamedCurves.GetOid(kind), random));
        return curve.GenerateKeyPair();
    }

    private static string Armored(string what, byte[] content)
    {
        var text = new StringBuilder($"-----BEGIN {what}-----\n");
        foreach (char[] line in Convert.ToBase64String(content).Chunk(64))
        {
            text.Append(line).Append('\n');
        }

        return text.Append($"-----END {what}-----\n").ToString();
    }

    /// <summary>What is unusual about a certificate.</summary>
    internal sealed record Shape
    {
        internal string Name { get; init; } = "server";

        internal string Key { get; init; } = "P-256";

        internal string Digest { get; init; } = "SHA256";

        internal TimeSpan Begins { get; init; } = TimeSpan.FromDays(-1);

        internal TimeSpan Ends { get; init; } = TimeSpan.FromDays(30);

        internal bool IsAuthority { get; init; }

        internal int? PathLength { get; init; }

        internal string? OnlyUnder { get; init; }

        internal KeyPurposeID Purpose { get; init; } = KeyPurposeID.id_kp_serverAuth;

        internal IReadOnlyList<string> Hosts { get; init; } = [];
    }
}
