namespace Ocap.Kernel.Store;

/// <summary>
/// Orders keys as a store does: by Unicode code point, which is the byte order of UTF-8. It differs from <see cref="StringComparer.Ordinal"/>
/// only where a surrogate pair meets a character from U+E000 to U+FFFF.
/// </summary>
public sealed class CodePointOrder : IComparer<string>
{
    /// <summary>The one there is.</summary>
    public static CodePointOrder Instance { get; } = new();

    private CodePointOrder()
    {
    }

    /// <inheritdoc />
    public int Compare(string? x, string? y)
    {
        int common = x.AsSpan().CommonPrefixLength(y);
        return x is null || y is null || common == x.Length || common == y.Length
            ? (x?.Length ?? -1).CompareTo(y?.Length ?? -1)
            : Rank(x[common]).CompareTo(Rank(y[common]));
    }

    /// <summary>Moves the surrogates above the rest; they stand for code points past U+FFFF.</summary>
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x1_0000 : c;
}
