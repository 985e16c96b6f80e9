using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ocap.Vats.Endowments.Random;

/// <summary>Randomness fit for keys, from the operating system itself. On Linux by a system call: a sandboxed vat has no file to read it from.</summary>
internal static partial class VatRandom
{
    // The most that getrandom(2) gives in one piece whatever signals come.
    private const int Piece = 256;

    internal static void Fill(Span<byte> bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            while (bytes.Length > 0)
            {
                nint got = GetRandom(ref MemoryMarshal.GetReference(bytes), Math.Min(bytes.Length, Piece), 0);
                if (got <= 0)
                {
                    FromDevice(bytes);
                    return;
                }

                bytes = bytes[(int)got..];
            }
        }
        else if (OperatingSystem.IsWindows())
        {
#pragma warning disable RS0030 // On Windows it asks the system. Elsewhere it loads OpenSSL, which a static executable does not survive.
            System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
#pragma warning restore RS0030
        }
        else
        {
            FromDevice(bytes);
        }
    }

    internal static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>A number from 0 to less than 1, in steps of 2⁻³² as at the reference.</summary>
    internal static double Fraction()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BitConverter.ToUInt32(bytes) / 4294967296.0;
    }

    private static void FromDevice(Span<byte> bytes)
    {
        using FileStream random = new("/dev/urandom", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        random.ReadExactly(bytes);
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "getrandom", SetLastError = true)]
    private static partial nint GetRandom(ref byte buffer, nint length, uint flags);
}
