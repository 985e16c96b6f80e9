using Org.BouncyCastle.Crypto.Digests;

namespace Ocap.Remotes.Content;

/// <summary>SHA-256 of content, the name under which bundles are kept.</summary>
public static class ContentHash
{
    /// <summary>64 lower-case hex digits.</summary>
    public static string Of(ReadOnlySpan<byte> content)
    {
        var digest = new Sha256Digest();
        digest.BlockUpdate(content);
        Span<byte> hash = stackalloc byte[32];
        digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}
