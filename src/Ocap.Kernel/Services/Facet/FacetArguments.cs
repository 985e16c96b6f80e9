using Ocap.Kernel.Refs;
using Ocap.Marshal;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Services.Facet;

/// <summary>Arguments of the kernel facet's methods. What does not fit is a <see cref="FormatException"/>, which rejects the call.</summary>
internal static class FacetArguments
{
    internal static Passable At(IReadOnlyList<Passable> arguments, int index, string name) =>
        index < arguments.Count ? arguments[index] : throw new FormatException($"argument {index} ({name}) is missing");

    internal static string Text(IReadOnlyList<Passable> arguments, int index, string name) =>
        At(arguments, index, name) is Passable.Text text ? text.Value : throw new FormatException($"argument {index} ({name}) must be a string");

    /// <summary>A reference, by name or as itself.</summary>
    internal static KRef KRef(IReadOnlyList<Passable> arguments, int index)
    {
        string text = At(arguments, index, "kref") switch
        {
            Passable.Remotable remotable => remotable.KRef,
            Passable.Promise promise => promise.KRef,
            _ => Text(arguments, index, "kref"),
        };
        return Refs.KRef.TryParse(text, out KRef kref) ? kref : throw new FormatException($"not a valid KRef: {SmallcapsText.QuoteJson(text)}");
    }

    internal static VatId Vat(IReadOnlyList<Passable> arguments, int index) => VatId.TryParse(Text(arguments, index, "id"), out VatId vat)
        ? vat
        : throw new FormatException($"not a valid VatId: {SmallcapsText.QuoteJson(Text(arguments, index, "id"))}");

    internal static SubclusterId Subcluster(IReadOnlyList<Passable> arguments, int index) => SubclusterId.TryParse(Text(arguments, index, "id"), out SubclusterId subcluster)
        ? subcluster
        : throw new FormatException($"not a valid SubclusterId: {SmallcapsText.QuoteJson(Text(arguments, index, "id"))}");
}
