namespace Ocap.Daemon.Outside.Tls;

/// <summary>A connection that cannot be trusted, or is not any more: which server, what is wrong, what to do.</summary>
internal sealed class TlsFailedException(string message, string code, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>Node's name for it.</summary>
    internal string Code => code;
}
