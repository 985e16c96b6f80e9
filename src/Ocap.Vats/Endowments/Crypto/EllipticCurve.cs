using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace Ocap.Vats.Endowments.Crypto;

/// <summary>The NIST curves of Web Cryptography. Points are uncompressed, secrets and the halves of a signature as long as the field.</summary>
internal sealed class EllipticCurve
{
    private static readonly Lazy<EllipticCurve> P256 = new(static () => new EllipticCurve(
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
        "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"));

    private static readonly Lazy<EllipticCurve> P384 = new(static () => new EllipticCurve(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
        "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
        "AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7",
        "3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F"));

    private readonly ECDomainParameters _domain;
    private readonly int _size;

    // On both curves a is -3.
    private EllipticCurve(string field, string b, string order, string x, string y)
    {
        BigInteger q = Number(field);
        var curve = new FpCurve(q, q.Subtract(BigInteger.Three), Number(b), Number(order), BigInteger.One);
        _domain = new ECDomainParameters(curve, curve.CreatePoint(Number(x), Number(y)), Number(order), BigInteger.One);
        _size = field.Length / 2;
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

    private static BigInteger Number(string hex) => new(hex, 16);
}
