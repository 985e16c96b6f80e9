using System.Buffers;

namespace Ocap.Rpc.Framing;

/// <summary>
/// Arrays to be given back. Small ones come from the shared pool. Large ones do not: the pool keeps dozens of each size, and lets them go only minutes and several
/// collections later, which in a program at rest is never.
/// </summary>
internal static class LentBytes
{
    /// <summary>The longest array that is pooled.</summary>
    private const int MostPooled = 128 * 1024;

    /// <summary>An array of at least so many bytes, whatever they are.</summary>
    internal static byte[] Rent(int count) => count <= MostPooled ? ArrayPool<byte>.Shared.Rent(count) : GC.AllocateUninitializedArray<byte>(count);

    internal static void Return(byte[] bytes)
    {
        if (bytes.Length <= MostPooled)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
