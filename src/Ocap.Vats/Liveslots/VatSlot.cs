using System.Globalization;

namespace Ocap.Vats.Liveslots;

/// <summary>What a vref names.</summary>
internal enum VatSlotType
{
    Object,
    Promise,
    Device,
}

/// <summary>A vref taken apart: <c>o+12</c>, <c>o-3</c>, <c>p+5</c>, <c>o+d6/1</c>, <c>o+v10/2:0</c>.</summary>
/// <param name="Id">The number; of an instance of a kind, the kind's.</param>
/// <param name="SubId">The instance's number, if it is one.</param>
/// <param name="BaseRef">The vref without its facet.</param>
internal readonly record struct VatSlot(VatSlotType Type, bool AllocatedByVat, bool IsVirtual, bool IsDurable, ulong Id, ulong? SubId, string BaseRef, int? Facet)
{
    /// <summary>Whether its state is in the vat's store rather than on its heap.</summary>
    internal bool IsStored => IsVirtual || IsDurable;

    /// <exception cref="FormatException">It is no vref.</exception>
    internal static VatSlot Parse(string vref)
    {
        string[] parts = vref.Split(':');
        string baseRef = parts[0];
        if (parts.Length > 2 || baseRef.Length < 3 || baseRef[1] is not ('+' or '-'))
        {
            throw Invalid(vref);
        }

        VatSlotType type = baseRef[0] switch
        {
            'o' => VatSlotType.Object,
            'p' => VatSlotType.Promise,
            'd' => VatSlotType.Device,
            _ => throw Invalid(vref),
        };
        bool isDurable = baseRef[2] == 'd', isVirtual = baseRef[2] == 'v';
        ReadOnlySpan<char> numbers = baseRef.AsSpan(isDurable || isVirtual ? 3 : 2);
        int slash = numbers.IndexOf('/');
        ulong? subId = slash > 0 ? Number(numbers[(slash + 1)..], vref) : null;
        ulong id = Number(slash > 0 ? numbers[..slash] : numbers, vref);
        if (subId is not null && (type != VatSlotType.Object || baseRef[1] != '+' || !(isDurable || isVirtual)))
        {
            throw Invalid(vref);
        }

        int? facet = parts.Length == 2 && subId is not null ? (int)Number(parts[1], vref) : null;
        return new VatSlot(type, baseRef[1] == '+', isVirtual, isDurable, id, subId, baseRef, facet);
    }

    internal static bool IsPromise(string vref) => vref.StartsWith('p');

    private static ulong Number(ReadOnlySpan<char> digits, string vref) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : throw Invalid(vref);

    private static FormatException Invalid(string vref) => new($"invalid vref \"{vref}\"");
}
