using System.Globalization;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Objects;

/// <summary>How many hold an object: those who can reach it, and those who could at least recognize it.</summary>
internal readonly record struct RefCounts(long Reachable, long Recognizable)
{
    internal static RefCounts Parse(string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma > 0
            && Digits.TryParse(text.AsSpan(0, comma), out long reachable)
            && Digits.TryParse(text.AsSpan(comma + 1), out long recognizable)
                ? new RefCounts(reachable, recognizable)
                : throw new KernelInvariantException($"not a reference count: \"{text}\"");
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, stackalloc char[48], $"{Reachable},{Recognizable}");
}
