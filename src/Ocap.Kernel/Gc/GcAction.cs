using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Gc;

/// <summary>What a vat is to be told about an object, in the order in which it must be told.</summary>
internal enum GcActionKind : byte
{
    /// <summary>Nobody can reach your export any more.</summary>
    DropExport,

    /// <summary>Nobody can even recognize your export any more.</summary>
    RetireExport,

    /// <summary>The object you imported is gone.</summary>
    RetireImport,
}

/// <summary>One entry of the action set: <c>v1 dropExport ko5</c> (spec/kernel-semantics.md §10).</summary>
internal readonly record struct GcAction(VatId Vat, GcActionKind Kind, KRef Object) : IComparable<GcAction>
{
    /// <summary>By vat, then kind, then object: the order in which they are delivered.</summary>
    public int CompareTo(GcAction other)
    {
        int order = Vat.CompareTo(other.Vat);
        order = order != 0 ? order : Kind.CompareTo(other.Kind);
        return order != 0 ? order : Object.CompareTo(other.Object);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Vat} {Word(Kind)} {Object}";

    internal static GcAction Parse(string text)
    {
        string[] words = text.Split(' ');
        return words.Length == 3 && VatId.TryParse(words[0], out VatId vat) && KindOf(words[1]) is { } kind && KRef.TryParse(words[2], out KRef ko)
            ? new GcAction(vat, kind, ko)
            : throw new KernelInvariantException($"not a garbage collection action: \"{text}\"");
    }

    private static string Word(GcActionKind kind) => kind switch
    {
        GcActionKind.DropExport => "dropExport",
        GcActionKind.RetireExport => "retireExport",
        _ => "retireImport",
    };

    private static GcActionKind? KindOf(string word) => word switch
    {
        "dropExport" => GcActionKind.DropExport,
        "retireExport" => GcActionKind.RetireExport,
        "retireImport" => GcActionKind.RetireImport,
        _ => null,
    };
}
