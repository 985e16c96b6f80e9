using System.Globalization;

namespace Ocap.Kernel.Refs;

/// <summary>A subcluster's id, <c>s1</c>, <c>s2</c>…; never reused in one database.</summary>
public readonly record struct SubclusterId(long Number) : IComparable<SubclusterId>
{
    /// <summary>Reads <c>s1</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out SubclusterId id)
    {
        id = default;
        if (text is null || text.Length < 2 || text[0] != 's' || !Digits.TryParse(text.AsSpan(1), out long number))
        {
            return false;
        }

        id = new SubclusterId(number);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => string.Concat("s", Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>By number.</summary>
    public int CompareTo(SubclusterId other) => Number.CompareTo(other.Number);
}
