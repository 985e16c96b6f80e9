using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Ocap.Remotes.Identity;

/// <summary>A libp2p peer id of an Ed25519 key: <c>12D3KooW…</c>.</summary>
public readonly record struct PeerId(string Text)
{
    /// <summary>Length in bytes of the seed an Ed25519 key pair grows from.</summary>
    public const int SeedLength = 32;

    // An identity multihash (code 0, length 36) of the libp2p public key message: field 1 = key type 1 (Ed25519), field 2 = 32 bytes.
    private static ReadOnlySpan<byte> Header => [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

    /// <summary>The id of the key pair that grows from <paramref name="seed"/> (32 bytes).</summary>
    public static PeerId FromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength);
        var multihash = new byte[Header.Length + Ed25519.PublicKeySize];
        Header.CopyTo(multihash);
        Ed25519.GeneratePublicKey(seed, multihash.AsSpan(Header.Length));
        return new PeerId(Base58.Encode(multihash));
    }

    /// <inheritdoc />
    public override string ToString() => Text;
}
