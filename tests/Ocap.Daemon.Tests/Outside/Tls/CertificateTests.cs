using System.Net;
using System.Net.Sockets;
using Ocap.Daemon.Outside.Tls;
using Org.BouncyCastle.Asn1.X509;

namespace Ocap.Daemon.Tests.Outside.Tls;

/// <summary>Which servers are believed. Node's client is asked about each as well, and says the same.</summary>
public sealed class CertificateTests
{
    private static readonly TestCertificate Root = TestCertificate.Root();
    private static readonly TestCertificate Middle = Root.Authority("test intermediate");
    private static readonly TestCertificate RsaRoot = TestCertificate.Root("rsa root", new() { Key = "RSA2048" });
    private static readonly TestCertificate Trusted = TestCertificate.OwnFor("trusted.test");
    private static readonly TimeSpan Yesterday = TimeSpan.FromDays(-1);

    private static readonly Case[] Cases =
    [
        new("localhost", "accepted", Middle.For("localhost")),
        new("other.test", "is for localhost; use a name it is for", Middle.For("localhost")),
        new("localhost", "expired on", Middle.Special(new() { Begins = 2 * Yesterday, Ends = Yesterday }, "localhost")),
        new("localhost", "is not valid before", Middle.Special(new() { Begins = -Yesterday }, "localhost")),
        new("localhost", "'CN=alone' is signed by itself and not trusted here", TestCertificate.OwnFor("localhost")),
        new("localhost", "the issuer of 'CN=server', CN=test intermediate, is neither sent by the server nor trusted here", Middle.For("localhost") with { Above = [] }),
        new("localhost", "the issuer of 'CN=server', CN=another root, is neither", TestCertificate.Root("another root").For("localhost")),
        new("localhost", "its chain does not hold", TestCertificate.Root("test root").For("localhost")),
        new("localhost", "'CN=between', which may not issue any (CA:FALSE)", Middle.Special(new() { Name = "between" }, "between.test").For("localhost")),
        new("localhost", "signed with SHA-1withECDSA, which can be forged", Middle.Special(new() { Digest = "SHA1" }, "localhost")),
        new("localhost", "'CN=sha one' is signed with SHA-1withECDSA, which can be forged", Root.Authority("sha one", new() { Digest = "SHA1" }).For("localhost")),
        new("localhost", "'CN=old' expired on", Root.Authority("old", new() { Begins = 2 * Yesterday, Ends = Yesterday }).For("localhost")),
        new("localhost", "its chain does not hold", Root.Authority("last", new() { PathLength = 0 }).Authority("beyond").For("localhost")),
        new("localhost", "its chain does not hold", Root.Authority("narrow", new() { OnlyUnder = "example.test" }).For("localhost")),
        new("www.example.test", "accepted", Root.Authority("narrow", new() { OnlyUnder = "example.test" }).For("www.example.test")),
        new("localhost", "it is not for servers", Middle.Special(new() { Purpose = KeyPurposeID.id_kp_clientAuth }, "localhost")),
        new("127.0.0.1", "accepted", Middle.For("127.0.0.1")),
        new("127.0.0.1", "is for 127.0.0.2", Middle.For("127.0.0.2")),
        new("127.0.0.1", "is for localhost", Middle.For("localhost")),
        new("www.example.test", "accepted", Middle.For("*.example.test")),
        new("WWW.example.TEST", "accepted", Middle.For("other.test", "www.Example.test")),
        new("a.b.example.test", "is for *.example.test", Middle.For("*.example.test")),
        new("example.test", "is for *.example.test", Middle.For("*.example.test")),
        new("example.test", "is for *.test", Middle.For("*.test")),
        new("www.example.test", "is for www.*.test", Middle.For("www.*.test")),
        new("trusted.test", "accepted", Trusted),
        new("localhost", "'CN=alone', which may not issue any (CA:FALSE)", Trusted.For("localhost")),
        new("localhost", "accepted", RsaRoot.Authority("rsa intermediate").For("localhost")),
        new("localhost", "accepted", RsaRoot.Special(new() { Key = "RSA2048", Digest = "SHA384" }, "localhost")),
        new("localhost", "accepted", Middle.Special(new() { Key = "P-384" }, "localhost")),
        new("localhost", "accepted", Middle.Special(new() { Key = "Ed25519" }, "localhost")),
        new("localhost", "accepted", Root.Authority("edwards", new() { Key = "Ed25519" }).For("localhost")),
    ];

    [Test]
    public async Task Servers_are_believed_and_refused_as_Node_does_it_and_each_refusal_says_why()
    {
        string trusted = Root.Pem + RsaRoot.Pem + Trusted.Pem;
        using var file = new TempFile(trusted);
        TrustStore trust = file.Trust;
        using NodeServers node = await NodeServers.StartAsync(trusted, [.. Cases.Select(static (one, i) => NodeServer.Of($"{i}", one.Host, one.Certificate))]);
        List<string> wrong = [];
        for (int i = 0; i < Cases.Length; i++)
        {
            Case one = Cases[i];
            (string said, string code) = await AskAsync(one.Host, node[$"{i}"].Port, trust);
            string verdict = node[$"{i}"].Verdict;
            if (!said.Contains(one.Expected, StringComparison.Ordinal) || (verdict == "accepted") != (said == "accepted"))
            {
                wrong.Add($"{i}: {one.Host}, expected '{one.Expected}': {code} {said} (Node: {verdict})");
            }
        }

        if (wrong.Count > 0)
        {
            Assert.Fail(string.Join('\n', wrong));
        }
    }

    [Test]
    public async Task A_short_RSA_key_is_refused()
    {
        TestCertificate weak = RsaRoot.Special(new() { Key = "RSA1024" }, "localhost");
        TlsFailedException? refused = await Assert.ThrowsAsync<TlsFailedException>(() =>
        {
            ServerCertificateCheck.Require("localhost", [weak.Certificate], new HashSet<Org.BouncyCastle.X509.X509Certificate> { RsaRoot.Certificate }, DateTime.UtcNow);
            return Task.CompletedTask;
        });
        await Assert.That(refused!.Message).Contains("too weak");
    }

    [Test]
    public async Task A_trusted_root_that_has_expired_is_trusted_no_more()
    {
        TestCertificate old = TestCertificate.Root("old root", new() { Begins = 3 * Yesterday, Ends = Yesterday });
        TlsFailedException? refused = await Assert.ThrowsAsync<TlsFailedException>(() =>
        {
            ServerCertificateCheck.Require("localhost", [old.For("localhost").Certificate], new HashSet<Org.BouncyCastle.X509.X509Certificate> { old.Certificate }, DateTime.UtcNow);
            return Task.CompletedTask;
        });
        await Assert.That(refused!.Message).Contains("'CN=old root' expired on");
    }

    private static async Task<(string Said, string Code)> AskAsync(string host, int port, TrustStore trust)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        try
        {
            await using TlsStream stream = await TlsStream.ConnectAsync(client.GetStream(), host, trust, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
            return ("accepted", "");
        }
        catch (TlsFailedException refused)
        {
            return (refused.Message, refused.Code);
        }
    }

    private sealed record Case(string Host, string Expected, TestCertificate Certificate);
}
