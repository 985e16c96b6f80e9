namespace Ocap.Bundler.Output;

/// <summary>Replaces [Start, End) of a source; an insertion when both are equal.</summary>
internal readonly record struct Edit(int Start, int End, string Text);
