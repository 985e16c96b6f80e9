namespace Ocap.Vats;

/// <summary>A bundle's code as the engine is given it: in a function, so that its value is the bundle's exports.</summary>
/// <param name="Wrapped">The code with <see cref="Head"/> and <see cref="Tail"/> around it: one text, since each copy of some 100 KB costs.</param>
/// <param name="Places">Where the code came from, if the bundle says; see <see cref="SourcePlaces"/>.</param>
internal sealed record BundleText(string Wrapped, string? Places)
{
    internal const string Head = "(function() { ";

    // The newline ends a comment that the code may end with.
    internal const string Tail = "\n; return __vatExports__; })()";

    internal ReadOnlySpan<char> Code => Wrapped.AsSpan(Head.Length, Wrapped.Length - Head.Length - Tail.Length);

    internal static BundleText Of(string code, string? places = null) => new(string.Concat(Head, code, Tail), places);
}
