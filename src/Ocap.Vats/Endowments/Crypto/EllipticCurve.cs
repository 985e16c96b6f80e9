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
    private static readonly Lazy<EllipticCurve> P521 = new(static () => new EllipticCurve("P-521", 66));

    private readonly ECDomainParameters _domain;
    private readonly int _size;

    // A curve made from its numbers would test its field for being prime, with randomness that BouncyCastle loads OpenSSL for, which ends a confined process.
    private EllipticCurve(string name, int size)
    {
        Org.BouncyCastle.Asn1.X9.X9ECParameters curve = Org.BouncyCastle.Crypto.EC.CustomNamedCurves.GetByName(name);
        _domain = new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
        _size = size;
    }

    internal static EllipticCurve Named(string name) => name switch { "P-256" => P256.Value, "P-384" => P384.Value, _ => P521.Value };

    internal bool IsSecret(ReadOnlySpan<byte> secret)
    {
        var d = new BigInteger(1, secret);
        return secret.Length == _size && d.SignValue > 0 && d.CompareTo(_domain.N) < 0;
    }

    internal byte[] PublicOf(ReadOnlySpan<byte> secret) => Affine(new FixedPointCombMultiplier().Multiply(_domain.G, new BigInteger(1, secret))).GetEncoded(compressed: false);

    /// <summary>A point as it is kept, whichever way it was encoded; null when it is none.</summary>
    internal byte[]? Point(ReadOnlySpan<byte> encoded) => Decode(encoded)?.GetEncoded(compressed: false);

    /// <summary>ECDSA (FIPS 186-5 §6.4). The nonce comes from the key and the data (RFC 6979): no randomness can weaken it.</summary>
    internal byte[] Sign(string hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> data)
    {
        byte[] digest = Digests.Digest(hash, data);
        var d = new BigInteger(1, secret);
        var nonces = new HMacDsaKCalculator(Digests.Make(hash));
        nonces.Init(_domain.N, d, digest);
        while (true)
        {
            BigInteger k = nonces.NextK();
            BigInteger r = XOf(new FixedPointCombMultiplier().Multiply(_domain.G, k)).Mod(_domain.N);
            BigInteger s = k.ModInverse(_domain.N).Multiply(Truncated(digest).Add(d.Multiply(r))).Mod(_domain.N);
            if (r.SignValue > 0 && s.SignValue > 0)
            {
                return [.. Fixed(r), .. Fixed(s)];
            }
        }
    }

    internal bool Verify(string hash, ReadOnlySpan<byte> point, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data)
    {
        if (signature.Length != 2 * _size || Decode(point) is not { } q)
        {
            return false;
        }

        var r = new BigInteger(1, signature[.._size]);
        var s = new BigInteger(1, signature[_size..]);
        if (r.SignValue <= 0 || s.SignValue <= 0 || r.CompareTo(_domain.N) >= 0 || s.CompareTo(_domain.N) >= 0)
        {
            return false;
        }

        BigInteger inverse = s.ModInverse(_domain.N);
        BigInteger u1 = Truncated(Digests.Digest(hash, data)).Multiply(inverse).Mod(_domain.N), u2 = r.Multiply(inverse).Mod(_domain.N);
        ECPoint sum = ECAlgorithms.SumOfTwoMultiplies(_domain.G, u1, q, u2);
        return !sum.IsInfinity && XOf(sum).Mod(_domain.N).Equals(r);
    }

    /// <summary>The x coordinate that both sides come to; null when they come to none.</summary>
    internal byte[]? Agree(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> point)
    {
        if (Decode(point) is not { } q)
        {
            return null;
        }

        ECPoint shared = q.Multiply(new BigInteger(1, secret));
        return shared.IsInfinity ? null : Affine(shared).AffineXCoord.GetEncoded();
    }

    private ECPoint? Decode(ReadOnlySpan<byte> point)
    {
        if (point.IsEmpty)
        {
            return null;
        }

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

    /// <summary>The leftmost bits of a digest, as many as the order has.</summary>
    private BigInteger Truncated(byte[] digest) => new BigInteger(1, digest).ShiftRight(Math.Max(0, (digest.Length * 8) - _domain.N.BitLength));

    private static BigInteger XOf(ECPoint point) => Affine(point).AffineXCoord.ToBigInteger();

    // ECPoint.Normalize blinds with BouncyCastle's own randomness, which loads OpenSSL; normalizing a list does not.
    private static ECPoint Affine(ECPoint point)
    {
        ECPoint[] points = [point];
        point.Curve.NormalizeAll(points);
        return points[0];
    }

    private byte[] Fixed(BigInteger number)
    {
        byte[] bytes = number.ToByteArrayUnsigned();
        return [.. new byte[_size - bytes.Length], .. bytes];
    }
}
