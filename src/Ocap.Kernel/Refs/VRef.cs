namespace Ocap.Kernel.Refs;

/// <summary>A reference in a vat's own name space: <c>o+0</c>, <c>o-3</c>, <c>p+5</c>, <c>o+d10/1:0</c>… (spec/vat-runtime.md §3).</summary>
internal readonly record struct VRef
{
    private VRef(string text, bool isPromise, bool isExport, bool isDurable) =>
        (Text, IsPromise, IsExport, IsDurable) = (text, isPromise, isExport, isDurable);

    /// <summary>Every vat's root object.</summary>
    internal static readonly VRef Root = new("o+0", false, true, false);

    internal string Text { get; }

    internal bool IsPromise { get; }

    /// <summary>Allocated by the vat (<c>+</c>), not by the kernel (<c>-</c>).</summary>
    internal bool IsExport { get; }

    /// <summary>An instance of a durable kind: it outlives the vat's heap.</summary>
    internal bool IsDurable { get; }

    /// <summary>The object that the kernel introduces under a number.</summary>
    internal static VRef ImportedObject(long number) => new(string.Create(null, stackalloc char[24], $"o-{number}"), false, false, false);

    /// <summary>The promise that the kernel introduces under a number.</summary>
    internal static VRef ImportedPromise(long number) => new(string.Create(null, stackalloc char[24], $"p-{number}"), true, false, false);

    internal static bool TryParse(string? text, out VRef vref)
    {
        vref = default;
        if (text is null || text.Length < 3 || text[0] is not ('o' or 'p') || text[1] is not ('+' or '-'))
        {
            return false;
        }

        bool isPromise = text[0] == 'p';
        bool isExport = text[1] == '+';
        ReadOnlySpan<char> id = text.AsSpan(2);
        bool isDurable = id[0] == 'd';
        bool isValid = isDurable || id[0] == 'v'
            ? !isPromise && isExport && IsInstance(id[1..])
            : Digits.TryParse(id, out _);
        if (isValid)
        {
            vref = new VRef(text, isPromise, isExport, isDurable);
        }

        return isValid;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary><c>kind/instance</c>, with a <c>:facet</c> at most.</summary>
    private static bool IsInstance(ReadOnlySpan<char> id)
    {
        int slash = id.IndexOf('/');
        if (slash < 0 || !Digits.TryParse(id[..slash], out _))
        {
            return false;
        }

        id = id[(slash + 1)..];
        int colon = id.IndexOf(':');
        return colon < 0 ? Digits.TryParse(id, out _) : Digits.TryParse(id[..colon], out _) && Digits.TryParse(id[(colon + 1)..], out _);
    }
}
