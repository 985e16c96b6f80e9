using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Ocap.Vats.Endowments.Crypto;

/// <summary>Curve25519: signatures (RFC 8032) and key agreement (RFC 7748).</summary>
internal static class Curve25519
{
    internal static byte[] SigningPublic(byte[] seed)
    {
        byte[] point = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, point, 0);
        return point;
    }

    internal static byte[] Sign(byte[] seed, byte[] data)
    {
        byte[] signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, data, 0, data.Length, signature, 0);
        return signature;
    }

    internal static bool Verify(byte[] point, byte[] signature, byte[] data) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, point, 0, data, 0, data.Length);

    internal static byte[] AgreementPublic(byte[] secret)
    {
        byte[] point = new byte[X25519.PointSize];
        X25519.GeneratePublicKey(secret, 0, point, 0);
        return point;
    }

    /// <summary>Null when the other's point leads to nothing.</summary>
    internal static byte[]? Agree(byte[] secret, byte[] point)
    {
        byte[] shared = new byte[X25519.PointSize];
        return X25519.CalculateAgreement(secret, 0, point, 0, shared, 0) ? shared : null;
    }
}
