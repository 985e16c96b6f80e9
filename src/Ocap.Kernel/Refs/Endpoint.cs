namespace Ocap.Kernel.Refs;

/// <summary>Who owns an object or decides a promise: a vat, or the kernel itself (remotes come with remote communications).</summary>
internal readonly record struct Endpoint(VatId? Vat)
{
    /// <summary>The kernel, as owner of services and decider of their results.</summary>
    internal static readonly Endpoint Kernel = new(null);

    internal bool IsKernel => Vat is null;

    internal static Endpoint Parse(string text) =>
        string.Equals(text, "kernel", StringComparison.Ordinal) ? Kernel
        : VatId.TryParse(text, out VatId vat) ? new Endpoint(vat)
        : throw new KernelInvariantException($"not an endpoint: \"{text}\"");

    /// <inheritdoc />
    public override string ToString() => Vat?.ToString() ?? "kernel";
}
