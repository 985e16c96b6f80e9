using System.Net;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>Whom a certificate speaks for: its subject alternative names (RFC 9525), and nothing else.</summary>
internal static class CertificateNames
{
    /// <param name="certificate">The server's own.</param>
    /// <param name="host">A name in ASCII, or an address without brackets.</param>
    internal static bool IsFor(X509Certificate certificate, string host)
    {
        GeneralName[] names = certificate.GetSubjectAlternativeNameExtension()?.GetNames() ?? [];
        return IPAddress.TryParse(host, out IPAddress? address)
            ? names.Any(name => name.TagNo == GeneralName.IPAddress && Asn1OctetString.GetInstance(name.Name).GetOctets().AsSpan().SequenceEqual(address.GetAddressBytes()))
            : names.Any(name => name.TagNo == GeneralName.DnsName && Matches(DerIA5String.GetInstance(name.Name).GetString(), host.TrimEnd('.')));
    }

    /// <summary>What a person is told that the certificate is for.</summary>
    internal static string Shown(X509Certificate certificate)
    {
        GeneralName[] names = certificate.GetSubjectAlternativeNameExtension()?.GetNames() ?? [];
        string[] shown =
        [
            .. names.Where(static name => name.TagNo == GeneralName.DnsName).Select(static name => DerIA5String.GetInstance(name.Name).GetString()),
            .. names.Where(static name => name.TagNo == GeneralName.IPAddress).Select(static name => Address(Asn1OctetString.GetInstance(name.Name).GetOctets())),
        ];
        return shown.Length == 0 ? "no name at all" : string.Join(", ", shown.Take(5)) + (shown.Length > 5 ? ", …" : "");
    }

    /// <summary>A star stands for the whole of the leftmost label, and there are at least two more.</summary>
    private static bool Matches(string pattern, string host)
    {
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase);
        }

        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && pattern.IndexOf('.', 2) > 0 && pattern.IndexOf('*', 1) < 0 && host.AsSpan(dot).Equals(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase);
    }

    private static string Address(byte[] octets) => octets.Length is 4 or 16 ? new IPAddress(octets).ToString() : Convert.ToHexString(octets);
}
