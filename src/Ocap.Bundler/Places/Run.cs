namespace Ocap.Bundler.Places;

/// <summary>Text that an edit left as it was: <paramref name="Length"/> characters, where they are now and where they came from.</summary>
internal readonly record struct Run(int Target, int Source, int Length);
