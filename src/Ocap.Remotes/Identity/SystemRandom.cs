namespace Ocap.Remotes.Identity;

/// <summary>Randomness fit for keys, from the operating system itself.</summary>
internal static class SystemRandom
{
    public static void Fill(Span<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
#pragma warning disable RS0030 // On Windows it asks the system. Elsewhere it loads OpenSSL, which a static executable does not survive.
            System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
#pragma warning restore RS0030
            return;
        }

        using FileStream random = new("/dev/urandom", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        random.ReadExactly(bytes);
    }
}
