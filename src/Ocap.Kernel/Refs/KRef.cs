using System.Globalization;

namespace Ocap.Kernel.Refs;

/// <summary>What a kernel reference names.</summary>
public enum KRefKind : byte
{
    /// <summary>A kernel object, <c>ko5</c>.</summary>
    Object,

    /// <summary>A kernel promise, <c>kp7</c>.</summary>
    Promise,
}

/// <summary>A reference in the kernel's own name space: <c>ko5</c> or <c>kp7</c> (spec/kernel-semantics.md §1).</summary>
public readonly record struct KRef(KRefKind Kind, long Number) : IComparable<KRef>
{
    /// <summary>True for <c>kp…</c>.</summary>
    public bool IsPromise => Kind == KRefKind.Promise;

    /// <summary>The kernel object numbered <paramref name="number"/>.</summary>
    public static KRef Object(long number) => new(KRefKind.Object, number);

    /// <summary>The kernel promise numbered <paramref name="number"/>.</summary>
    public static KRef Promise(long number) => new(KRefKind.Promise, number);

    /// <summary>Reads <c>ko5</c> or <c>kp7</c>; false for anything else, leading zeros and signs included.</summary>
    public static bool TryParse(string? text, out KRef kref)
    {
        kref = default;
        if (text is null || text.Length < 3 || text[0] != 'k' || text[1] is not ('o' or 'p') || !Digits.TryParse(text.AsSpan(2), out long number))
        {
            return false;
        }

        kref = new KRef(text[1] == 'o' ? KRefKind.Object : KRefKind.Promise, number);
        return true;
    }

    /// <summary>Reads a reference that the kernel wrote itself.</summary>
    /// <exception cref="KernelInvariantException">The text is no kernel reference.</exception>
    public static KRef Parse(string text) =>
        TryParse(text, out KRef kref) ? kref : throw new KernelInvariantException($"not a valid KRef: \"{text}\"");

    /// <inheritdoc />
    public override string ToString() =>
        string.Concat(Kind == KRefKind.Object ? "ko" : "kp", Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Objects before promises, then by number.</summary>
    public int CompareTo(KRef other) => Kind != other.Kind ? Kind.CompareTo(other.Kind) : Number.CompareTo(other.Number);
}
