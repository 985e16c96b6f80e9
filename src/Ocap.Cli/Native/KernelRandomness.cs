using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Cli.Native;

/// <summary>
/// What the framework's random numbers come from in the static executable: the kernel. The framework asks OpenSSL, which aborts the process where it cannot
/// be loaded (an empty container, a confined vat host), and BouncyCastle asks the framework, be it only to blind a computation. The linker puts these two
/// in the place of the functions they are named after (build/NativeAot.targets).
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class KernelRandomness
{
    // The most that getrandom(2) gives in one piece whatever signals come.
    private const int Piece = 256;

    /// <summary>Nothing is left of OpenSSL to be made ready.</summary>
    [UnmanagedCallersOnly(EntryPoint = "__wrap_CryptoNative_EnsureOpenSslInitialized")]
    internal static int Ready() => 0;

    /// <returns>1, or 0 for a failure, which becomes an exception.</returns>
    [UnmanagedCallersOnly(EntryPoint = "__wrap_CryptoNative_GetRandomBytes")]
    internal static int Fill(byte* buffer, int length)
    {
        for (int done = 0; done < length;)
        {
            nint got = GetRandom(buffer + done, (nuint)Math.Min(Piece, length - done), 0);
            if (got <= 0)
            {
                return 0;
            }

            done += (int)got;
        }

        return 1;
    }

    [LibraryImport("libc", EntryPoint = "getrandom")]
    private static partial nint GetRandom(byte* buffer, nuint length, uint flags);
}
