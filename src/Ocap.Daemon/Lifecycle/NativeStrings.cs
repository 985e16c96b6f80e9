using System.Runtime.InteropServices;
using Native = System.Runtime.InteropServices.Marshal;

namespace Ocap.Daemon.Lifecycle;

/// <summary>An array of C strings, closed by a null pointer.</summary>
internal readonly unsafe ref struct NativeStrings
{
    private readonly int _count;

    internal NativeStrings(IReadOnlyList<string> texts)
    {
        _count = texts.Count;
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < _count; i++)
            Pointers[i] = (byte*)Native.StringToCoTaskMemUTF8(texts[i]);
    }

    internal byte** Pointers { get; }

    public void Dispose()
    {
        for (int i = 0; i < _count; i++)
            Native.FreeCoTaskMem((nint)Pointers[i]);
        NativeMemory.Free(Pointers);
    }
}
