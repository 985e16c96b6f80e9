namespace Ocap.Vats.Endowments.Crypto;

/// <summary>The key in a SubjectPublicKeyInfo or PKCS #8 structure (RFC 5280 §4.1, RFC 5958), of the kinds that Web Cryptography has here.</summary>
/// <param name="Algorithm">Which it is for, in DER.</param>
/// <param name="Key">A public key's point, or a private key's secret.</param>
internal sealed record KeyFile(byte[] Algorithm, byte[] Key)
{
    /// <summary>Null when it is not well-formed. Attributes, and what is behind the structure, are not looked at.</summary>
    internal static KeyFile? Parse(ReadOnlySpan<byte> der, bool isPublic)
    {
        var outer = new DerReader(der);
        if (!outer.TryEnter(DerReader.Sequence) || !(isPublic || outer.TryTake(DerReader.Integer, out _)) || !outer.TryTakeWhole(DerReader.Sequence, out ReadOnlySpan<byte> algorithm)
            || !outer.TryTake(isPublic ? DerReader.BitString : DerReader.OctetString, out ReadOnlySpan<byte> content))
        {
            return null;
        }

        if (isPublic)
        {
            return content.Length > 1 && content[0] == 0 ? new KeyFile(algorithm.ToArray(), content[1..].ToArray()) : null;
        }

        // RFC 8410 has the secret in another string of octets, RFC 5915 in a structure of its own.
        var inner = new DerReader(content);
        bool isStructure = !content.IsEmpty && content[0] == DerReader.Sequence;
        return isStructure && !(inner.TryEnter(DerReader.Sequence) && inner.TryTake(DerReader.Integer, out _)) ? null
            : inner.TryTake(DerReader.OctetString, out ReadOnlySpan<byte> secret) ? new KeyFile(algorithm.ToArray(), secret.ToArray())
            : null;
    }
}
