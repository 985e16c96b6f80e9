using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace Ocap.Vats.Endowments.Crypto;

/// <summary>The NIST curves of Web Cryptography. Points are uncompressed, secrets and the halves of a signature as long as the field.</summary>
internal sealed class EllipticCurve
{
    private static readonly Lazy<EllipticCurve> P256 = new(static () => new EllipticCurve("P-256", 32));
    private static readonly Lazy<EllipticCurve> P384 = new(static () => new EllipticCurve("P-384", 48));

    private readonly ECDomainParameters _domain;
    private readonly int _size;

    // A curve made from its numbers would test its field for being prime, with randomness that BouncyCastle loads OpenSSL for.
    private EllipticCurve(string name, int size)
    {
        Org.BouncyCastle.Asn1.X9.X9ECParameters curve = Org.BouncyCastle.Crypto.EC.CustomNamedCurves.GetByName(name);
        _domain = new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
        _size = size;
    }

    internal static EllipticCurve Named(string name) => name is "P-256" ? P256.Value : P384.Value;

    internal bool IsSecret(ReadOnlySpan<byte> secret)
    {
        var d = new BigInteger(1, secret);
        return secret.Length == _size && d.SignValue > 0 && d.CompareTo(_domain.N) < 0;
    }

    internal byte[] PublicOf(ReadOnlySpan<byte> secret) => new FixedPointCombMultiplier().Multiply(_domain.G, new BigInteger(1, secret)).Normalize().GetEncoded(compressed: false);

    internal bool IsPoint(ReadOnlySpan<byte> point) => point.Length == 1 + (2 * _size) && point[0] == 4 && Decode(point) is not null;

    internal byte[] Sign(string hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> data)
    {
        // The nonce comes from the key and the data (RFC 6979): no randomness can weaken it.
        var signer = new ECDsaSigner(new HMacDsaKCalculator(Digests.Make(hash)));
        signer.Init(true, new ECPrivateKeyParameters(new BigInteger(1, secret), _domain));
        BigInteger[] halves = signer.GenerateSignature(Digests.Digest(hash, data));
        return [.. Fixed(halves[0]), .. Fixed(halves[1])];
    }

    internal bool Verify(string hash, ReadOnlySpan<byte> point, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data)
    {
        if (signature.Length != 2 * _size || Decode(point) is not { } q)
        {
            return false;
        }

        var signer = new ECDsaSigner();
        signer.Init(false, new ECPublicKeyParameters(q, _domain));
        return signer.VerifySignature(Digests.Digest(hash, data), new BigInteger(1, signature[.._size]), new BigInteger(1, signature[_size..]));
    }

    /// <summary>The x coordinate that both sides come to; null when they come to none.</summary>
    internal byte[]? Agree(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> point)
    {
        if (Decode(point) is not { } q)
        {
            return null;
        }

        ECPoint shared = q.Multiply(new BigInteger(1, secret)).Normalize();
        return shared.IsInfinity ? null : shared.AffineXCoord.GetEncoded();
    }

    /// <summary>The secret in a PKCS #8 structure for this curve; null when it is none (RFC 5958, RFC 5915).</summary>
    internal static byte[]? SecretOf(byte[] pkcs8, ReadOnlySpan<byte> algorithm, int size)
    {
        var outer = new DerReader(pkcs8);
        if (!outer.TryEnter(DerReader.Sequence) || !outer.TryTake(DerReader.Integer, out _) || !outer.TryTakeWhole(DerReader.Sequence, out ReadOnlySpan<byte> named)
            || !named.SequenceEqual(algorithm) || !outer.TryTake(DerReader.OctetString, out ReadOnlySpan<byte> key))
        {
            return null;
        }

        var inner = new DerReader(key);
        return inner.TryEnter(DerReader.Sequence) && inner.TryTake(DerReader.Integer, out _) && inner.TryTake(DerReader.OctetString, out ReadOnlySpan<byte> secret) && secret.Length == size
            ? secret.ToArray()
            : null;
    }

    private ECPoint? Decode(ReadOnlySpan<byte> point)
    {
        try
        {
            ECPoint decoded = _domain.Curve.DecodePoint(point);
            return decoded.IsInfinity || !decoded.IsValid() ? null : decoded;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or ArithmeticException)
        {
            return null;
        }
    }

    private byte[] Fixed(BigInteger number)
    {
        byte[] bytes = number.ToByteArrayUnsigned();
        return [.. new byte[_size - bytes.Length], .. bytes];
    }
}
