using Org.BouncyCastle.X509;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>The certificates in a file of them. What else is in it, comments or a certificate that nobody can read, does not spoil the rest.</summary>
internal static class PemCertificates
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    internal static IEnumerable<X509Certificate> In(string pem)
    {
        int at = 0;
        while ((at = pem.IndexOf(Begin, at, StringComparison.Ordinal)) >= 0)
        {
            at += Begin.Length;
            int end = pem.IndexOf(End, at, StringComparison.Ordinal);
            if (end < 0)
            {
                yield break;
            }

            if (Parse(pem[at..end]) is { } certificate)
            {
                yield return certificate;
            }

            at = end;
        }
    }

    private static X509Certificate? Parse(string base64)
    {
        try
        {
            return new X509Certificate(Convert.FromBase64String(base64));
        }
        catch (Exception)
        {
            // The parser has many ways to say no.
            return null;
        }
    }
}
