namespace Ocap.Remotes.Identity;

/// <summary>The identity file exists and cannot be used. The message names the file, the reason and the way out.</summary>
public sealed class IdentityFileException : Exception
{
    internal IdentityFileException(string path, string reason, Exception? cause = null)
        : base(
            $"The kernel's identity file {path} {reason}. Restore it from a backup; or move it away and start again with a new identity "
            + "(other kernels will then take this one for a stranger, and the OCAP URLs it has issued stop working).",
            cause)
    {
    }
}
