namespace Ocap.Cli.Bundling;

/// <summary>One bundle to be made.</summary>
/// <param name="Source">The module, as it was named.</param>
/// <param name="Bundle">The full path of the file to write.</param>
/// <param name="Refusal">Why it cannot even be tried, as a sentence; null when it can.</param>
internal sealed record BundleTarget(string Source, string Bundle, string? Refusal = null);
