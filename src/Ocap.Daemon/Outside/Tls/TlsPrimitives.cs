using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>The cryptography of TLS, without what <see cref="TlsPeer"/> never offers: it would all be in the executable.</summary>
internal sealed class TlsPrimitives : BcTlsCrypto
{
    public override TlsCipher CreateCipher(TlsCryptoParameters cryptoParams, int encryptionAlgorithm, int macAlgorithm) => encryptionAlgorithm switch
    {
        EncryptionAlgorithm.AES_128_GCM => CreateCipher_Aes_Gcm(cryptoParams, cipherKeySize: 16, macSize: 16),
        EncryptionAlgorithm.AES_256_GCM => CreateCipher_Aes_Gcm(cryptoParams, cipherKeySize: 32, macSize: 16),
        EncryptionAlgorithm.CHACHA20_POLY1305 => CreateChaCha20Poly1305(cryptoParams),
        _ => throw NotOffered(),
    };

    public override TlsDHDomain CreateDHDomain(TlsDHConfig dhConfig) => throw NotOffered();

    public override TlsKemDomain CreateKemDomain(TlsKemConfig kemConfig) => throw NotOffered();

    public override TlsSrp6Client CreateSrp6Client(TlsSrpConfig srpConfig) => throw NotOffered();

    public override TlsSrp6Server CreateSrp6Server(TlsSrpConfig srpConfig, Org.BouncyCastle.Math.BigInteger srpVerifier) => throw NotOffered();

    public override TlsSrp6VerifierGenerator CreateSrp6VerifierGenerator(TlsSrpConfig srpConfig) => throw NotOffered();

    private static TlsFatalAlert NotOffered() => new(AlertDescription.illegal_parameter);
}
