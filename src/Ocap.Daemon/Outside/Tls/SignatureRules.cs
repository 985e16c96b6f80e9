using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>The signatures and keys that a chain may be made of: what is listed, so that MD5, SHA-1 and short keys are not.</summary>
internal static class SignatureRules
{
    private const int LeastRsaBits = 2048;
    private const int LeastCurveBits = 256;

    private static readonly HashSet<string> Signatures = new(StringComparer.Ordinal)
    {
        PkcsObjectIdentifiers.Sha256WithRsaEncryption.Id, PkcsObjectIdentifiers.Sha384WithRsaEncryption.Id, PkcsObjectIdentifiers.Sha512WithRsaEncryption.Id,
        X9ObjectIdentifiers.ECDsaWithSha256.Id, X9ObjectIdentifiers.ECDsaWithSha384.Id, X9ObjectIdentifiers.ECDsaWithSha512.Id,
        EdECObjectIdentifiers.id_Ed25519.Id, EdECObjectIdentifiers.id_Ed448.Id,
    };

    private static readonly HashSet<string> PssHashes = new(StringComparer.Ordinal)
    {
        NistObjectIdentifiers.IdSha256.Id, NistObjectIdentifiers.IdSha384.Id, NistObjectIdentifiers.IdSha512.Id,
    };

    internal static bool HasSoundSignature(X509Certificate certificate)
    {
        AlgorithmIdentifier algorithm = certificate.SignatureAlgorithm;
        return Signatures.Contains(algorithm.Algorithm.Id)
            || (algorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdRsassaPss) && algorithm.Parameters is { } parameters
                && PssHashes.Contains(RsassaPssParameters.GetInstance(parameters).HashAlgorithm.Algorithm.Id));
    }

    internal static bool HasSoundKey(X509Certificate certificate) => certificate.GetPublicKey() switch
    {
        RsaKeyParameters rsa => rsa.Modulus.BitLength >= LeastRsaBits,
        ECPublicKeyParameters curve => curve.Parameters.Curve.FieldSize >= LeastCurveBits,
        Ed25519PublicKeyParameters or Ed448PublicKeyParameters => true,
        _ => false,
    };
}
