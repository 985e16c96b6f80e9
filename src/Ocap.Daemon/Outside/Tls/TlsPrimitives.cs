using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Ocap.Daemon.Outside.Tls;

/// <summary>The cryptography of TLS, without what is never offered.</summary>
internal sealed class TlsPrimitives : BcTlsCrypto
{
}
