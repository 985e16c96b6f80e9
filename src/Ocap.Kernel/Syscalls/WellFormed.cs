namespace Ocap.Kernel.Syscalls;

/// <summary>
/// Text that can be stored: UTF-8 has no lone surrogates, so a store refuses them, and by then it is too late (K16).
/// JSON escapes them; only a raw one gets here.
/// </summary>
internal static class WellFormed
{
    internal static bool Is(ReadOnlySpan<char> text)
    {
        for (int at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return false;
            }

            text = text[(at + 2)..];
        }

        return true;
    }

    /// <summary>Checks what a crank wrote to its vat's store.</summary>
    /// <exception cref="IllegalSyscallException">A key or value cannot be stored.</exception>
    internal static void Require(IReadOnlyList<KeyValuePair<string, string?>> vatstore)
    {
        for (int i = 0; i < vatstore.Count; i++)
        {
            (string key, string? value) = vatstore[i];
            if (!Is(key) || !Is(value))
            {
                throw new IllegalSyscallException("a vat store key or value that is not well-formed Unicode");
            }
        }
    }
}
