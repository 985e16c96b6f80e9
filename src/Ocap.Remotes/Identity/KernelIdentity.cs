namespace Ocap.Remotes.Identity;

/// <summary>Who this kernel is to other kernels: the seed of its key, its public peer id, and the key that seals its OCAP URLs.</summary>
/// <remarks>A class, not a record: its <see cref="ToString"/> must never show the secrets.</remarks>
public sealed class KernelIdentity
{
    /// <summary>Length in bytes of <see cref="OcapUrlKey"/>.</summary>
    public const int OcapUrlKeyLength = 32;

    private readonly byte[] _keySeed;
    private readonly byte[] _ocapUrlKey;

    internal KernelIdentity(ReadOnlySpan<byte> keySeed, ReadOnlySpan<byte> ocapUrlKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ocapUrlKey.Length, OcapUrlKeyLength);
        PeerId = PeerId.FromSeed(keySeed);
        _keySeed = keySeed.ToArray();
        _ocapUrlKey = ocapUrlKey.ToArray();
    }

    /// <summary>Public: what others call this kernel.</summary>
    public PeerId PeerId { get; }

    /// <summary>Secret: 32 bytes, the Ed25519 seed.</summary>
    public ReadOnlySpan<byte> KeySeed => _keySeed;

    /// <summary>Secret: 32 bytes, independent of the seed.</summary>
    public ReadOnlySpan<byte> OcapUrlKey => _ocapUrlKey;

    /// <inheritdoc />
    public override string ToString() => PeerId.Text;

    /// <summary>A new identity from the system's randomness.</summary>
    internal static KernelIdentity Create()
    {
        Span<byte> keySeed = stackalloc byte[PeerId.SeedLength];
        Span<byte> ocapUrlKey = stackalloc byte[OcapUrlKeyLength];
        SystemRandom.Fill(keySeed);
        SystemRandom.Fill(ocapUrlKey);
        return new KernelIdentity(keySeed, ocapUrlKey);
    }
}
