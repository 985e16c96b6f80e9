namespace Ocap.Marshal;

/// <summary>A marshalled value: a smallcaps body (<c>#</c> + JSON) and the references it mentions by index.</summary>
/// <param name="Body">The encoded value; see <c>Smallcaps</c> for the rules.</param>
/// <param name="Slots">References in order of first mention: krefs inside the kernel, vrefs at a vat.</param>
public sealed record CapData(string Body, IReadOnlyList<string> Slots)
{
    /// <summary>The encoding of JavaScript's <c>undefined</c>.</summary>
    public static readonly CapData Undefined = new("#\"#undefined\"", []);

    /// <summary>Two values are equal when body and slots are, slot by slot.</summary>
    public bool Equals(CapData? other) =>
        other is not null && string.Equals(Body, other.Body, StringComparison.Ordinal) && Slots.SequenceEqual(other.Slots, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Body.GetHashCode(StringComparison.Ordinal), Slots.Count);
}
