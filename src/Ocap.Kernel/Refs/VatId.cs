using System.Globalization;

namespace Ocap.Kernel.Refs;

/// <summary>A vat's id, <c>v1</c>, <c>v2</c>…; never reused in one database.</summary>
public readonly record struct VatId(long Number) : IComparable<VatId>
{
    /// <summary>Reads <c>v1</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out VatId id)
    {
        id = default;
        if (text is null || text.Length < 2 || text[0] != 'v' || !Digits.TryParse(text.AsSpan(1), out long number))
        {
            return false;
        }

        id = new VatId(number);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => string.Concat("v", Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>By number: v2 before v10.</summary>
    public int CompareTo(VatId other) => Number.CompareTo(other.Number);
}
